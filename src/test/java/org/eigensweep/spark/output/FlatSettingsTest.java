package org.eigensweep.spark.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Settings in words, as tables of anybody may hold them. */
class FlatSettingsTest {
  @Test
  void namesEachSettingWhole() {
    assertThat(
            FlatSettings.of(
                "{\"a\": {\"b\": 1e-3, \"c\": [1, 2]}, \"d\": \"e\", \"f\": 100.0, \"g\": true, \"h\": null}"))
        .containsExactlyEntriesOf(
            new TreeMap<>(
                Map.of(
                    "a.b", "0.001", "a.c", "[1,2]", "d", "e", "f", "100", "g", "true", "h",
                    "null")));
  }

  @Test
  void writesTheLeastAndTheLargestNumberOut() {
    assertThat(FlatSettings.of("{\"a\": 4.9e-324, \"b\": 1.5e308}"))
        .hasEntrySatisfying("a", text -> assertThat(Double.parseDouble(text)).isEqualTo(4.9e-324))
        .hasEntrySatisfying("b", text -> assertThat(text).hasSize(309));
  }

  /** Jackson reads the large one as infinite; the small one, written out, would fill the memory. */
  @Test
  void takesNumbersThatNoComputerHas() {
    assertThat(FlatSettings.of("{\"a\": 1e999999999, \"b\": 1e-999999999}"))
        .containsEntry("a", "Infinity")
        .containsEntry("b", "1E-999999999");
  }

  @Test
  void takesWhatIsNoJsonAsOneSetting() {
    assertThat(FlatSettings.of("{a")).containsOnly(Map.entry("settings", "{a"));
  }
}
