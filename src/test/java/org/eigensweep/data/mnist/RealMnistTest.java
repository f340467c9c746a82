package org.eigensweep.data.mnist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.Split;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** MNIST itself, where the environment variable EIGENSWEEP_DATA names the folder with it. */
@EnabledIfEnvironmentVariable(named = "EIGENSWEEP_DATA", matches = ".+")
final class RealMnistTest {
  private static Split split;

  @BeforeAll
  static void load() {
    String dir = System.getenv("EIGENSWEEP_DATA");
    split = new MnistFiles(dir, 5000, 1000).load(new Configuration());
  }

  @Test
  void beginsWithTheDigitsThatEveryTutorialShows() {
    assertThat(Arrays.copyOf(split.train().labels(), 10))
        .containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
    assertThat(Arrays.copyOf(split.test().labels(), 5)).containsExactly(7, 2, 1, 0, 4);
  }

  @Test
  void hasPixelsFromBlankToFullInk() {
    float[] inputs = split.train().inputs();
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float input : inputs) {
      least = Math.min(least, input);
      most = Math.max(most, input);
    }

    assertThat(inputs).hasSize(5000 * 784);
    assertThat(least).isEqualTo(0f);
    assertThat(most).isEqualTo(1f);
  }

  @Test
  void hasTheDigestThatNumpyComputes() {
    // numpy: sha256 of pack('>ii', 784, 10) + (pixels / float32(255)).astype('>f4')
    // + labels.astype('>i4') over the first 5000 examples of the downloaded files.
    assertThat(split.train().sha256())
        .isEqualTo("e48e02746ae50a07dea2551b32078dd265e39dcbcdce42c6fb27475e6571f706");
  }
}
