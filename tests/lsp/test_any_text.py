"""Whatever stands in an editor, every request is answered."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lsprotocol import types as lsp

from spbe_arch.live import Repository
from spbe_arch.lsp.asked import Asked
from spbe_arch.lsp.completing import completions
from spbe_arch.lsp.finding import Finder
from spbe_arch.lsp.mending import actions, diagnostic_of, laid_out
from spbe_arch.lsp.telling import hover
from tests.patching import clean_texts

CLEAN = clean_texts()
PATHS = sorted(CLEAN)
ODD = st.text(alphabet="ab: \n-[]{},'\"#|>&*!%@`\\\t\r\u0000\u0085\u2028\ufeffé😀\ud800", max_size=40)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    path=st.sampled_from(PATHS),
    cut=st.integers(0, 3000),
    odd=ODD,
    line=st.integers(0, 200),
    column=st.integers(0, 90),
    encoding=st.sampled_from(["utf-8", "utf-16", "utf-32"]),
)
def test_every_request_is_answered(
    root: Path, path: str, cut: int, odd: str, line: int, column: int, encoding: str
) -> None:
    text = CLEAN[path][:cut] + odd + CLEAN[path][cut:]
    repository = Repository(root, "en")
    repository.write(path, text)
    asked = Asked(repository, path, repository.text(path), lsp.Position(line, column), encoding)
    finder = Finder(repository, encoding)
    hover(asked)
    completions(asked, snippets=True)
    finder.definition(asked)
    finder.references(asked, with_declaration=True)
    for answer in (finder.symbols, finder.folds, finder.lenses, finder.links):
        answer(path)
    found = repository.told().get(path, [])
    assert all(diagnostic_of(repository, one, encoding).message for one in found)
    actions(repository, path, lsp.Range(lsp.Position(0, 0), lsp.Position(400, 0)), encoding)
    laid_out(path, repository.text(path), encoding)
