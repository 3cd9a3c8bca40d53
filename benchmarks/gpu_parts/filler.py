"""Takes the memory of a GPU until so much is left, and holds it until its standard input ends.

    python -m gpu_parts.filler DEVICE LEAVE_MB

By torch's plain allocations (cudaMalloc): never managed memory, which could hang the GPU.
"""

import json
import sys

_MB = 1_000_000


def main() -> None:
    import torch

    device, leave = sys.argv[1], int(sys.argv[2])
    held = []
    for block in (1024, 128, 16):
        while torch.cuda.mem_get_info(device)[0] > (leave + block) * _MB:
            held.append(torch.empty(block * _MB, dtype=torch.uint8, device=device))
    print(json.dumps({"free_mb": torch.cuda.mem_get_info(device)[0] // _MB}), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
