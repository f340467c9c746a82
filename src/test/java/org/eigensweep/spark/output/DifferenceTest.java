package org.eigensweep.spark.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DifferenceTest {
  @Test
  void namesEachKeyWithBothWholeValues() {
    assertThat(
            Difference.ofSettings(
                "{\"training\":{\"steps\":6,\"rules\":[\"plain\"]},\"loss\":\"mse\",\"l2\":0}",
                "{\"training\":{\"steps\":60,\"rules\":[\"plain\",\"bulk\"]},\"loss\":\"mse\"}"))
        .containsExactly(
            "eigensweep.l2 = 0, where this sweep has nothing",
            "eigensweep.training.rules = [\"plain\"], where this sweep has [\"plain\",\"bulk\"]",
            "eigensweep.training.steps = 6, where this sweep has 60");
  }

  @Test
  void isSilentOfWhatFixesNoNumbers() {
    assertThat(
            Difference.ofSettings(
                "{\"name\":\"a\",\"output\":\"x\",\"data\":{\"dir\":\"/a\"},\"sweep\":{\"seeds\":[1]},\"spark\":{\"partitions\":1},\"curvature\":{\"keep\":\"1GiB\"},\"measure\":{\"save-models\":[]},\"model\":{\"file\":\"a.zip\"}}",
                "{\"name\":\"b\",\"output\":\"y\",\"data\":{\"dir\":\"/b\"},\"sweep\":{\"seeds\":[2]},\"spark\":{\"partitions\":2},\"curvature\":{\"keep\":\"2GiB\"},\"measure\":{\"save-models\":[5]},\"model\":{\"file\":\"b.zip\"}}"))
        .isEmpty();
  }

  @Test
  void comparesNumbersByTheirValue() {
    assertThat(Difference.ofSettings("{\"a\":1e-3,\"b\":1e2}", "{\"a\":0.0010,\"b\":100}"))
        .isEmpty();
    assertThat(Difference.ofSettings("{\"a\":1e-3}", "{\"a\":0.0001}"))
        .containsExactly("eigensweep.a = 0.001, where this sweep has 0.0001");
  }

  @Test
  void showsSettingsThatAreNoJsonWhole() {
    assertThat(Difference.ofSettings("{", "{\"l2\":0}"))
        .containsExactly(
            "eigensweep.l2 = nothing, where this sweep has 0",
            "eigensweep.settings = {, where this sweep has nothing");
  }

  /**
   * A setting that one of them does not know yet is no conflict, nor what is no part of a trial.
   */
  @Test
  void conflictsAreOfSettingsThatBothHave() {
    assertThat(
            Difference.conflicts(
                "{\"l2\":1e-3,\"name\":\"a\",\"training\":{\"steps\":5,\"sam\":0}}",
                "{\"l2\":0.001,\"name\":\"b\",\"training\":{\"steps\":6},\"new\":1}"))
        .containsExactly("eigensweep.training.steps");
  }

  @Test
  void aWordAndASettingWithPartsAreAConflict() {
    String word = "{\"training\":{\"schedule\":\"constant\",\"scheduled\":1}}";
    String parts = "{\"training\":{\"schedule\":{\"kind\":\"cosine\",\"steps\":3}}}";
    assertThat(Difference.conflicts(word, parts)).containsExactly("eigensweep.training.schedule");
    assertThat(Difference.conflicts(parts, word)).containsExactly("eigensweep.training.schedule");
    assertThat(Difference.conflicts(parts, parts)).isEmpty();
  }
}
