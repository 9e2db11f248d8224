"""Embedding: the bundled model without torch, and any other sentence-transformers model."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.embedding import BUNDLED, BUNDLED_FOLDER, BundledEmbedder, SentenceTransformerEmbedder, load_embedder
from index.errors import ModelProblem

TEXTS = [
    "2024年徐汇区地区生产总值是多少？",
    "地区生产总值完成3931.2亿元，增长4.8%。",
    "ＡＩ大模型企业 Mosu Space",
    "龘",
    "公厕" * 400,
    "，。！",
    "",
]


@pytest.fixture(scope="module")
def bundled() -> BundledEmbedder:
    """The model that the project ships."""
    return BundledEmbedder()


def test_equals_sentence_transformers(bundled: BundledEmbedder) -> None:
    """The folder loads unchanged with sentence-transformers, and its vectors are ours."""
    from sentence_transformers import SentenceTransformer

    theirs = SentenceTransformer(str(BUNDLED_FOLDER), device="cpu").encode(TEXTS, show_progress_bar=False)
    np.testing.assert_allclose(bundled.encode(TEXTS), theirs, atol=2e-6)


def test_rows_have_length_one_or_are_zero(bundled: BundledEmbedder) -> None:
    """A text without any known piece has the zero vector; every other has length 1."""
    lengths = np.linalg.norm(bundled.encode(TEXTS), axis=1)
    assert lengths[:3] == pytest.approx(1, abs=1e-5)
    assert lengths[-2:].tolist() == [0, 0]
    assert bundled.encode([]).shape == (0, bundled.dim)


def test_other_words_for_the_same_thing_are_near(bundled: BundledEmbedder) -> None:
    """A paraphrase is nearer than a text that is about something else."""
    asked, same, other = bundled.encode(["老年人吃饭的食堂", "长者助餐服务点", "集成电路企业数量"])
    assert asked @ same > asked @ other


def test_model_is_small() -> None:
    """The model's folder has at most 12 MB."""
    assert sum(file.stat().st_size for file in BUNDLED_FOLDER.rglob("*") if file.is_file()) <= 12_000_000


def test_bundled_path_imports_no_torch() -> None:
    """Embedding a question loads neither torch nor transformers."""
    program = (
        "import sys; from index.embedding import load_embedder; load_embedder(None).encode(['问'])\n"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers', 'langchain_core') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("missing", ["tokenizer.json", "model.safetensors"])
def test_missing_model_says_what_to_do(missing: str, tmp_path: Path) -> None:
    """A model folder without one of its files is refused in Chinese."""
    for file in ("tokenizer.json", "model.safetensors"):
        if file != missing:
            (tmp_path / file).write_bytes((BUNDLED_FOLDER / file).read_bytes())
    with pytest.raises(ModelProblem, match="重新安装"):
        BundledEmbedder(tmp_path)


def test_cut_off_weights_are_refused(tmp_path: Path) -> None:
    """Weights that end too early are refused when the model is loaded, not when it is used."""
    (tmp_path / "tokenizer.json").write_bytes((BUNDLED_FOLDER / "tokenizer.json").read_bytes())
    (tmp_path / "model.safetensors").write_bytes((BUNDLED_FOLDER / "model.safetensors").read_bytes()[:-1000])
    with pytest.raises(ModelProblem):
        BundledEmbedder(tmp_path)


def test_setting_names_the_model() -> None:
    """No setting and `bundled` give the bundled model."""
    assert load_embedder(None).name == load_embedder(BUNDLED).name == BUNDLED
    assert load_embedder(None).sha256 == load_embedder("").sha256


@pytest.fixture(scope="module")
def tiny_bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A two-layer BERT with random weights, saved as sentence-transformers saves one."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizer

    folder = tmp_path_factory.mktemp("bert")
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"地区生产总值增长公厕改造"]
    (folder / "vocab.txt").write_text("\n".join(dict.fromkeys(pieces)), encoding="utf-8")
    BertTokenizer(vocab=str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    config = BertConfig(
        vocab_size=len(set(pieces)), hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32
    )
    BertModel(config).save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"))
    model = SentenceTransformer(modules=[transformer, Pooling(16)], device="cpu")
    model.save_pretrained(str(folder / "tiny"), create_model_card=False)
    return folder / "tiny"


def test_other_model_by_its_folder(tiny_bert: Path) -> None:
    """Any sentence-transformers folder does: unit rows, zero for an empty text, a hash that is its own."""
    embedder = load_embedder(str(tiny_bert))
    rows = embedder.encode(["地区生产总值", "公厕改造", " "])
    assert rows.shape == (3, 16) == (3, embedder.dim)
    assert np.linalg.norm(rows, axis=1) == pytest.approx([1, 1, 0], abs=1e-5)
    assert (embedder.name, len(embedder.sha256)) == ("tiny", 64)
    assert embedder.sha256 == SentenceTransformerEmbedder(str(tiny_bert)).sha256 != BundledEmbedder().sha256


def test_pickled_weights_are_refused(tiny_bert: Path, tmp_path: Path) -> None:
    """A folder whose only weights are pickled is not loaded."""
    for file in tiny_bert.rglob("*.json"):
        target = tmp_path / file.relative_to(tiny_bert)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())
    (tmp_path / "pytorch_model.bin").write_bytes(b"\x80\x04.")
    with pytest.raises(ModelProblem, match="safetensors"):
        load_embedder(str(tmp_path))


def test_one_pickled_module_is_refused(tiny_bert: Path, tmp_path: Path) -> None:
    """One module with pickled weights is enough to refuse a folder, though the others have safetensors."""
    folder = Path(shutil.copytree(tiny_bert, tmp_path / "mixed"))
    (folder / "2_Dense").mkdir()
    (folder / "2_Dense" / "pytorch_model.bin").write_bytes(b"\x80\x04.")
    with pytest.raises(ModelProblem, match="safetensors"):
        load_embedder(str(folder))


def test_the_bundled_folder_loads_as_any_other() -> None:
    """The bundled model, named as a folder, goes through sentence-transformers and gives the same vectors."""
    other = load_embedder(str(BUNDLED_FOLDER))
    np.testing.assert_allclose(other.encode(TEXTS), BundledEmbedder().encode(TEXTS), atol=2e-6)


def test_a_models_own_code_is_not_run(tiny_bert: Path, tmp_path: Path) -> None:
    """A folder whose modules.json names code of its own is refused, and the code does not run."""
    shutil.copytree(tiny_bert, tmp_path, dirs_exist_ok=True)
    (tmp_path / "planted.py").write_text(
        f"from pathlib import Path\nPath({str(tmp_path / 'ran')!r}).touch()\nclass Own: pass\n", encoding="utf-8"
    )
    modules = [{"idx": 0, "name": "0", "path": "", "type": "planted.Own"}]
    (tmp_path / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    with pytest.raises(ModelProblem):
        load_embedder(str(tmp_path))
    assert not (tmp_path / "ran").exists()


def test_unknown_model_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A name that cannot be loaded is one clear error."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(ModelProblem, match="请检查名称"):
        load_embedder(str(tmp_path / "absent"))
