package org.eigensweep.export.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
  @ParameterizedTest
  @CsvSource({
    "steps/train_loss, steps/train_loss",
    "layers/eigenvalue_dense:0, layers/eigenvalue_dense_0",
    "a b.c-d, a b.c-d",
    "../a, _/a",
    "a/../b, a/_/b",
    "/a, _/a",
    "a//b, a/_/b",
    "a/, a/_",
    "., _",
    "ä, _",
  })
  void aNameHasWhatMlflowAllows(String name, String expected) {
    assertThat(Limits.name(name)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "//", "...", "a/./b/..", "\u0000", "=1+2", "x/ /y"})
  void aNameIsAPathOfItsOwn(String name) {
    String allowed = Limits.name(name);
    assertThat(allowed).matches("[/\\w.\\- ]+");
    assertThat(Path.of("/r").resolve(allowed).normalize()).hasToString("/r/" + allowed);
  }

  @Test
  void aNameIsNoLongerThanMlflowAllows() {
    assertThat(Limits.name("a".repeat(300))).hasSize(250);
  }

  @Test
  void aValueThatIsTooLongSaysThatItIsCut() {
    assertThat(Limits.parameterValue("a".repeat(500))).isEqualTo("a".repeat(500));
    assertThat(Limits.parameterValue("a".repeat(501))).isEqualTo("a".repeat(497) + "...");
    assertThat(Limits.tagValue("a".repeat(5001))).isEqualTo("a".repeat(4997) + "...");
  }

  @Test
  void aPageIsPartOfALine() {
    assertThat(Limits.line(" <p>\n  no\r\n</p>\n")).isEqualTo("<p> no </p>");
    assertThat(Limits.line("a b\n".repeat(100))).hasSize(200).endsWith("...");
  }

  /** No letter is cut in two, of two bytes or of two Java chars. */
  @ParameterizedTest
  @ValueSource(strings = {"ä", "\uD83D\uDE00"})
  void aLetterStaysWhole(String letter) {
    for (int before = 0; before < 4; before++) {
      String cut = Limits.parameterValue("a".repeat(before) + letter.repeat(500));
      byte[] bytes = cut.getBytes(StandardCharsets.UTF_8);
      assertThat(bytes.length).isBetween(494, 500);
      assertThat(cut).matches("a{" + before + "}(" + letter + ")+\\.\\.\\.");
      assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(cut);
    }
  }
}
