"""Signs: what words that point at shots, scenes, cards, the narrator and the film look like."""

from __future__ import annotations

import re

from .cues import NUMBER, ORDINAL

SHOT = r"(?:shots?|pictures?|images?|frames?|clips?|takes?|panels?|moments?|bits?|parts?)"
"""What people call a shot."""
COUNTED = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    "sixteen|seventeen|"
    "eighteen|nineteen|twenty"
)
ONE = rf"(?:s?0*\d+[a-z]?|{COUNTED})"
AND = r"(?: ,| and| &| or| , and| plus| to| through| thru| till| until| up to| - | –)"
LIST = rf"{ONE}(?:(?:{AND}) (?:shots? )?{ONE})*"
NUMBERED = re.compile(
    rf"(?:the )?(?:shots?|pictures?|frames?|clips?|panels?|nr|no|number) (?:number |no |nr |# ?)"
    rf"?(?P<list>{LIST})(?! (?:seconds?|minutes?|frames?|times?|shots?|scenes?)\b)(?![\w-])"
)
CODED = re.compile(rf"(?<![\w@])(?P<list>s\d+[a-z]?(?:{AND} s\d+[a-z]?)*)(?![\w-])")
SCENES = re.compile(rf"(?:the )?scenes? (?:number |no |nr |# ?)?(?P<list>{LIST})(?![\w-])(?! seconds?\b)")
BEFORE_A_NUMBER = (
    "in from after before into between of to on and swap for remove delete cut drop let move put "
    "make behind switch shoot redo "
    "with regenerate exchange trim film want need give have hold keep extend shorten lengthen "
    "show render like see stretch halve "
    "double than but or then , - :"
)
BARE = re.compile(
    rf"(?:(?<=^)|{'|'.join(f'(?<={word} )' for word in BEFORE_A_NUMBER.split())})"
    rf"(?P<list>\d{{1,4}}[a-z]?(?:{AND} \d{{1,4}}[a-z]?)*)(?![\w%:-])"
    r"(?! (?:times?|years?|per|percent|%|people|x|shots?|scenes?|more|cups?|of)\b)"
)
ORDERED = re.compile(
    rf"(?:the |that |this )?(?:very )?(?P<ord>{ORDINAL}(?:(?: and| ,| to) (?:the )?{ORDINAL})*)"
    rf"(?: (?P<count>{NUMBER}))? (?P<what>{SHOT}|ones?|scenes?)(?! card)\b(?P<of>(?: (?:of|in) "
    rf"(?:the )?(?P<scene>@c\d+|film|movie|whole film))?)"
)
ORDERED_FEW = re.compile(
    rf"(?:the |these |those )(?:very )?(?P<ord>first|last|final) (?P<count>{NUMBER})\b(?! "
    rf"(?:seconds?|minutes?|frames?|lines?|words?))"
)
ALL = re.compile(
    r"(?:all (?:of )?(?:the |these |those )?|every (?:single )?|each (?:of the )?|both (?:the )?)"
    r"(?P<size>[a-z]+(?:[ -](?:up|wide|close|full|shoulder))? )??(?P<what>shots?|close-ups?|"
    r"wides?|inserts?|scenes?|pictures?|images?|wide shots?|two-shots?)\b(?: (?:of|in) (?:the )"
    r"?(?P<scene>@c\d+))?"
)
POINTED = re.compile(
    r"(?:this|that) (?:whole|entire) (?P<all>scene)\b|"
    rf"(?:this|that|these|those|the same|the current|the whole|the entire|that whole|this whole) "
    rf"(?P<what>{SHOT}|ones?|scene)(?: here)?\b(?! (?:card|where|when|with|of|in|at|on|that|"
    rf"showing|to be)\b)"
)
BESIDE = re.compile(
    rf"the (?P<way>next|previous|following|preceding|earlier) (?P<what>{SHOT}|one|scene)\b|the "
    rf"(?P<what2>{SHOT}|one|scene) (?P<way2>after|before) (?:that|this|it)(?: one)?\b"
)
STOP = (
    r"(?=$| [,.;!?:—–-](?: |$)| (?:should|must|needs?|ought|could|can|would|will|has to|have to|"
    r"shall|before|after|and (?:make|put|give|let|have|the|remove|add|in|then)|longer|shorter|to "
    r"(?:the|@|be)|by @d\d+|for @d\d+|make|brighter|darker|lighter|closer|wider|warmer|so that|comes?|"
    r"goes)\b| @d| and @| (?:onwards?|on(?= ,|$)|until|till)\b|"
    r" (?:is|was|feels|seems|looks) (?:much |far |way )?(?:too|so|not|a bit|very)\b|"
    r" (?:insert|add|put|make|let|have|give|remove|move|show)\b|"
    r" (?:at|to|in) (?:the )?(?:very )?(?:start|beginning|end|front|top|back|night|dusk|dawn|noon|close)\b)"
)
WHEN = re.compile(
    r"(?:(?<=^)|(?<= ))(?:(?:in the (?:shot|bit|part|moment) )?(?:when|while)) (?P<what>(?:he|"
    r"she|it|they|the|[a-z]+) [a-z][^,.;!?@:()]*?)(?=$| [,.;!?:]| (?:make|put|let|go|take|have|"
    r"show|give|add)\b)"
)
NO_PRE = "(?:over|in|of|at|on|to|from|the|a|an|and|with|for|by|after|before|is|should|that|into|than|as)"
TOLD = re.compile(
    rf"(?:the|that|this|those|our) (?P<pre>(?:(?!{NO_PRE} )[a-z][a-z'-]* ){{0,4}}?)"
    rf"(?P<what>{SHOT}|scene|one)"
    rf"(?P<tail>(?: ,)? (?:where|when|in which|during which|while|that (?:has|shows)|showing) [^,"
    rf".;!?@—–]+?(?: and then [^,.;!?@—–]+?)?| (?:with|of|on|in|at|from|near|inside|by)(?! "
    rf"(?:the )?(?:very )?(?:start|beginning|end|front|top|back|close|night|dusk|dawn|noon|day|"
    rf"morning|evening|afternoon|winter|summer|above|below|rain|snow)\b) "
    rf"(?:[a-z0-9'-]+ ?){{1,7}}?(?: , where [^,.;!?@—–]+?)?)?{STOP}"
)
SIZED = re.compile(
    (
        r"(?:the|that|this) (?P<size>(?:extreme )?close-ups?|wide(?:st)? (?:shot|one)|long shot|"
        r"insert|two-shot|establishing shot|master shot)(?: (?:of|on) (?P<tail>(?:[a-z0-9'-]+ ?){1,"
        r"5}?))?"
    )
    + STOP
)
FILM = re.compile(
    r"(?:(?:for|in|through|throughout|over|across|of) )?(?:(?:the|this|my|our) (?:whole |entire |"
    r"complete |full |finished )?|(?:whole|entire|full) )"
    r"(?:film|movie|video|picture show)\b(?! (?:title|name))|(?:the )?(?:whole|entire) (?:thing|story|"
    r"lot)|the story\b|"
    r"(?:it|them) all\b|all of (?:it|them)\b|everything\b(?! (?:that|is|was|he|she|else))|"
    r"throughout\b|overall\b|everywhere\b|the rest\b"
)
NARRATOR = re.compile(
    r"(?:the |that |our )?(?:narrator|story-?teller|voice-?over (?:artist|voice|speaker|guy|lady)"
    r"|narrating voice|narration voice|narrative voice|commentator|speaker's voice|narration's "
    r"voice|(?:the )?voice of the narration)\b(?: voice\b)?"
)
CARDS = re.compile(
    r"(?:the |both )?(?P<which>opening|title|first|start(?:ing)?|end(?:ing)?|end title|closing|"
    r"last|final|credits?) (?:title )?(?:card|slide|screen|title)s?\b|"
    r"(?:the )?(?P<titles>end credits|credits|title sequence|both cards|cards)\b"
)
MUSIC = re.compile(r"(?:the )?(?:background )?(?:music|score|soundtrack|tune|melody)\b")
SIZE_WORDS = {
    "close": ("close", "medium-close", "extreme-close"),
    "wide": ("wide", "extreme-wide"),
    "insert": ("insert",),
    "two": ("two-shot",),
    "full": ("full",),
    "medium": ("medium", "medium-full"),
    "long": ("wide", "extreme-wide", "full"),
    "establishing": ("extreme-wide", "wide"),
    "master": ("wide",),
}
