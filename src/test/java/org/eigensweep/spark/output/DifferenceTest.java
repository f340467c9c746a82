package org.eigensweep.spark.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static String of(String found, String expected) {
    return Difference.of("settings", found, expected);
  }

  @Test
  void namesTheMemberWithBothValues() {
    assertThat(of("{\"a\":1,\"steps\":6,\"b\":2}", "{\"a\":1,\"steps\":60,\"b\":2}"))
        .isEqualTo("settings found: \"steps\":6, expected: \"steps\":60");
  }

  @Test
  void showsListsWhole() {
    assertThat(of("{\"ranks\":[5],\"b\":2}", "{\"ranks\":[1,5],\"b\":2}"))
        .isEqualTo("settings found: \"ranks\":[5], expected: \"ranks\":[1,5]");
    assertThat(of("{\"ranks\":[1,5],\"b\":2}", "{\"ranks\":[1,5,10],\"b\":2}"))
        .isEqualTo("settings found: \"ranks\":[1,5], expected: \"ranks\":[1,5,10]");
    assertThat(of("{\"ranks\":[],\"b\":2}", "{\"ranks\":[5],\"b\":2}"))
        .isEqualTo("settings found: \"ranks\":[], expected: \"ranks\":[5]");
  }

  @Test
  void showsWhatIsNoJsonFromTheDifferenceOn() {
    assertThat(of(null, "digest abc")).isEqualTo("settings found: null, expected: digest abc");
  }
}
