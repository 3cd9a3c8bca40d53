"""Speech, score and mix. All sound is 48 kHz, 16 bit; lines are mono, score and mix stereo."""
