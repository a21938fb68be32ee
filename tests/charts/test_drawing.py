"""Pictures are drawn in a process of its own: it serves, goes when idle, and comes back."""

import os
import signal
import subprocess
import sys
import time

import pytest
import vl_convert

from course.charts import drawing

POINT = {
    "data": {"values": [{"a": 1, "b": "Račak <b>"}]},
    "mark": "text",
    "encoding": {"x": {"field": "a", "type": "quantitative"}, "text": {"field": "b"}},
}


@pytest.fixture
def engine():
    engine = drawing._Engine()
    yield engine
    engine.stop()


def test_it_draws_what_the_library_draws(engine):
    first = engine.draw(POINT)
    assert first == vl_convert.vegalite_to_svg(POINT) and "Račak &lt;b&gt;" in first
    held = engine._process
    assert engine.draw(POINT) == first and engine._process is held


def test_a_process_that_was_killed_is_started_again(engine):
    engine.draw(POINT)
    engine._process.kill()
    engine._process.wait()
    assert "Račak" in engine.draw(POINT)


def test_a_process_killed_while_it_is_asked_is_started_again(engine):
    engine.draw(POINT)
    gone = engine._process
    os.kill(gone.pid, signal.SIGSTOP if hasattr(signal, "SIGSTOP") else signal.SIGTERM)
    gone.kill()
    assert "Račak" in engine.draw(POINT)
    assert engine._process is not gone


def test_without_work_it_ends_by_itself():
    engine = drawing._Engine(idle=0.2)
    engine.draw(POINT)
    assert engine._process.wait(timeout=20) == 0
    assert "Račak" in engine.draw(POINT)
    engine.stop()


def test_what_cannot_be_drawn_says_why_and_the_process_serves_on(engine):
    with pytest.raises(drawing.DrawingError, match="Vega-Lite"):
        engine.draw({"mark": "no such mark", "data": {"url": 3}})
    assert "Račak" in engine.draw(POINT)


def test_an_interrupt_leaves_no_answer_for_the_next_question(engine, monkeypatch):
    engine.draw(POINT)

    class Interrupted:
        def readline(self):
            raise KeyboardInterrupt

    held = engine._process
    monkeypatch.setattr(held, "stdout", Interrupted())
    monkeypatch.setattr(held, "communicate", held.wait)
    with pytest.raises(KeyboardInterrupt):
        engine.draw(POINT)
    assert engine._process is None and held.poll() is not None
    other = {**POINT, "data": {"values": [{"a": 2, "b": "Gračanica"}]}}
    assert "Gračanica" in engine.draw(other)


def test_where_no_process_can_be_had_it_draws_here(engine, monkeypatch):
    def refuse(*args, **options):
        raise OSError("no processes")

    monkeypatch.setattr(drawing.subprocess, "Popen", refuse)
    assert "Račak" in engine.draw(POINT)


def test_a_kernel_that_draws_never_holds_the_engine_and_leaves_no_process():
    code = f"""
import sys
from course.charts import drawing
drawing.draw({POINT!r})
assert "vl_convert" not in sys.modules
print(drawing._engine._process.pid)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for _ in range(50):
        try:
            os.kill(int(done.stdout), 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    raise AssertionError("the process outlived the kernel")


def test_a_kernel_that_draws_never_builds_the_grammar_of_international_addresses():
    code = """
import sys
from course.charts import theme
theme.library()
assert not [name for name in sys.modules if name.startswith(("rfc3987_syntax", "lark"))]
import rfc3987_syntax
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
