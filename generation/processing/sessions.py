"""Networks that run offline on the CPU: where their files are, loaded once a process, with few threads."""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from generation.processing.operations import OptionMissing

# Pictures run side by side instead: on busy cores two threads that wait for each other take three times as long.
THREADS = 1
OURS = Path(__file__).parent / "networks"


def in_package(package: str, file: str) -> Path:
    """Find a network that comes with a package of the extra `ai`. Raises `OptionMissing`."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise OptionMissing(package)
    return Path(spec.origin).parent / file


@lru_cache(maxsize=4)
def onnx(path: Path) -> Any:
    """Load a network for onnxruntime. Raises `OptionMissing`."""
    try:
        import onnxruntime  # noqa: PLC0415  an extra, and 0.2 s
    except ImportError as error:
        raise OptionMissing("onnxruntime") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.enable_cpu_mem_arena = False  # else the largest picture's memory is never given back
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])


@lru_cache(maxsize=2)
def ncnn(path: Path) -> Any:
    """Load a network for ncnn; `path` is its `.param` file. Raises `OptionMissing`."""
    try:
        import ncnn as library  # noqa: PLC0415  an extra
    except ImportError as error:
        raise OptionMissing("ncnn") from error
    net = library.Net()
    net.opt.use_vulkan_compute = False
    net.opt.num_threads = THREADS
    net.opt.openmp_blocktime = 0  # threads that wait must not burn the cores that others need
    net.load_param(str(path))
    net.load_model(str(path.with_suffix(".bin")))
    return net
