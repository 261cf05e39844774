"""Runs jupyter_kernel_test's whole suite against one kernelspec: {kernel} -> {test: outcome}.

The samples are those that make every test of the suite run on an IPython kernel; an outcome is "ok", "skipped: why"
or the failure's last line.
"""

import unittest

import jupyter_kernel_test
from exchange import exchange

IMPORTS = "from IPython.display import HTML, Image, Math, display"
PNG = r"b'\x89PNG\r\n\x1a\n0000000000000000'"


class Kernel(jupyter_kernel_test.KernelTests):
    language_name = "python"
    file_extension = ".py"
    code_hello_world = "print('hello, world')"
    code_stderr = "import sys; print('test', file=sys.stderr)"
    completion_samples = [
        {"text": "impor", "matches": {"import"}},
        {"text": "zi", "matches": {"zip"}},
        {"text": "from sys import ar", "matches": {"argv"}},
    ]
    complete_code_samples = ["1", "print('hello, world')", "def f(x):\n  return x*2\n\n\n"]
    incomplete_code_samples = ["print('hello", "def f(x):\n  x*2"]
    invalid_code_samples = ["import = 7q"]
    code_page_something = "zip?"
    code_generate_error = "raise ValueError('expected')"
    code_execute_result = [
        {"code": "1+2+3", "result": "6"},
        {"code": "[n*n for n in range(1, 4)]", "result": "[1, 4, 9]"},
    ]
    code_display_data = [
        {"code": f"{IMPORTS}; display(HTML('<b>test</b>'))", "mime": "text/html"},
        {"code": f"{IMPORTS}; display(Math('x'))", "mime": "text/latex"},
        {"code": f"{IMPORTS}; display(Image(data={PNG}))", "mime": "image/png"},
    ]
    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "zip"
    code_clear_output = "from IPython.display import clear_output; clear_output()"


def name_of(test: unittest.TestCase) -> str:
    """"test_completion", or for a subtest "test_completion (text='zi')"."""
    return test.id().split(".", 2)[2]


def main() -> None:
    asked, answer = exchange()
    Kernel.kernel_name = asked["kernel"]
    result = unittest.TestResult()
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(Kernel)
    names = sorted(name_of(test) for test in suite)
    suite.run(result)
    outcomes = dict.fromkeys(names, "ok")
    for failed, trace in result.failures + result.errors:
        outcomes[name_of(failed)] = trace.strip().splitlines()[-1]
    for skipped, why in result.skipped:
        outcomes[name_of(skipped)] = f"skipped: {why}"
    answer(outcomes)


main()
