package org.eigensweep.data.sst2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.FileFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worked by hand; the first example is that of google-research/bert's own tests. */
final class WordPieceTest {
  private static final List<String> TOKENS =
      List.of(
          "[PAD]", "[UNK]", "[CLS]", "[SEP]", "want", "##want", "##ed", "wa", "un", "runn", "##ing",
          "##aff", "##able", "cafe", "!", ",", "don", "'", "t", "中", "国", "##a", "a", "𝄞", "##𝄞");

  @TempDir Path dir;
  private WordPiece tokenizer;

  @BeforeEach
  void readVocabulary() {
    new FileFolder(dir).write("vocab.txt", String.join("\n", TOKENS));
    tokenizer =
        new WordPiece(Vocabulary.read(dir + "/vocab.txt", new Configuration(), TOKENS.size()));
  }

  private List<String> pieces(String text) {
    return tokenizer.pieces(text).stream().map(TOKENS::get).toList();
  }

  @Test
  void takesTheLongestPieceFromTheLeft() {
    assertThat(pieces("unaffable")).containsExactly("un", "##aff", "##able");
    assertThat(pieces("unwanted running")).containsExactly("un", "##want", "##ed", "runn", "##ing");
  }

  @Test
  void makesTheWholeWordUnknownWhereItsEndIs() {
    assertThat(pieces("unwantedX running")).containsExactly("[UNK]", "runn", "##ing");
    assertThat(pieces("xun")).containsExactly("[UNK]");
  }

  @Test
  void hasNoPiecesOfNothing() {
    assertThat(pieces("")).isEmpty();
    assertThat(pieces(" \t\u00ad ")).isEmpty();
  }

  @Test
  void lowersCaseAndStripsAccents() {
    assertThat(pieces("CAFÉ Cafe\u0301")).containsExactly("cafe", "cafe");
    assertThat(BasicTokenizer.words(" \tHäLLo!how  \n Are yoU? "))
        .containsExactly("hallo", "!", "how", "are", "you", "?");
  }

  @Test
  void partsEveryCharacterOfPunctuation() {
    assertThat(pieces("don't,,want!")).containsExactly("don", "'", "t", ",", ",", "want", "!");
    assertThat(BasicTokenizer.words("a$b^c`d|e…f—g")).hasSize(13).contains("$", "^", "`", "—");
  }

  @Test
  void partsIdeographsButNotKana() {
    assertThat(pieces("want中国a")).containsExactly("want", "中", "国", "a");
    assertThat(BasicTokenizer.words("カナ𠀀")).containsExactly("カナ", "𠀀");
  }

  @Test
  void dropsControlCharactersAndKnowsEverySpace() {
    assertThat(BasicTokenizer.words("a\u0000b\ufffdc\u200bd\u0007e")).containsExactly("abcde");
    assertThat(BasicTokenizer.words("a\u00a0b\u3000c\u2028d\re")).hasSize(5);
  }

  @Test
  void countsCharactersBeyondThe16BitsOfJavasOnce() {
    assertThat(pieces("𝄞𝄞")).containsExactly("𝄞", "##𝄞");
    assertThat(pieces("𝄞".repeat(100))).hasSize(100);
    assertThat(pieces("𝄞".repeat(101))).containsExactly("[UNK]");
  }

  @Test
  void takesWordsOf100CharactersAndNoLonger() {
    assertThat(pieces("a".repeat(100))).hasSize(100).startsWith("a", "##a");
    assertThat(pieces("a".repeat(101))).containsExactly("[UNK]");
  }
}
