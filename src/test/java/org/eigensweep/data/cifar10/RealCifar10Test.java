package org.eigensweep.data.cifar10;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.Split;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * CIFAR-10 itself, where the environment variable EIGENSWEEP_DATA names the folder with it: {@code
 * data_batch_1.bin} alone, and the front of the test batch.
 */
@EnabledIfEnvironmentVariable(named = "EIGENSWEEP_DATA", matches = ".+")
final class RealCifar10Test {
  private static final int EXAMPLES = 10_000;
  private static final int FEATURES = 3072;

  private static Split split;

  @BeforeAll
  static void load() {
    String dir = System.getenv("EIGENSWEEP_DATA");
    split = new Cifar10Files(dir, EXAMPLES, 1000).load(new Configuration());
  }

  @Test
  void beginsWithTheFrogThatEveryTutorialShows() {
    assertThat(Arrays.copyOf(split.train().labels(), 10))
        .containsExactly(6, 9, 9, 4, 1, 1, 2, 7, 8, 3);
    assertThat(Arrays.copyOf(split.test().labels(), 5)).containsExactly(3, 8, 8, 0, 6);
  }

  @Test
  void hasMeanZeroAndDeviationOneInEveryPixel() {
    double[] sums = new double[FEATURES];
    double[] squares = new double[FEATURES];
    float[] inputs = split.train().inputs();
    for (int i = 0; i < inputs.length; i++) {
      sums[i % FEATURES] += inputs[i];
      squares[i % FEATURES] += (double) inputs[i] * inputs[i];
    }
    for (int j = 0; j < FEATURES; j++) {
      // A value of at most 3 rounds to float32 with an error below 1.2e-7; the mean's is smaller.
      assertThat(sums[j] / EXAMPLES).isCloseTo(0, within(1.2e-7));
      assertThat(Math.sqrt(squares[j] / EXAMPLES)).isCloseTo(1, within(1.2e-7));
    }
  }

  @Test
  void hasTheDigestThatNumpyComputes() {
    // numpy: x = pixels / 255.0 (float64); z = (x - m) / s as float32, m and s the mean and std
    // (ddof 0) over the 10,000 records of data_batch_1.bin; sha256 of pack('>ii', 3072, 10)
    // + z.astype('>f4') + labels.astype('>i4') over the first 5000, and the first 1000 test ones.
    Dataset train =
        new Cifar10Files(System.getenv("EIGENSWEEP_DATA"), 5000, 1)
            .load(new Configuration())
            .train();

    assertThat(train.sha256())
        .isEqualTo("eb0eb65ef792532205625f4bf46efa87f4c3b55502fd886aca76bceb881b59b9");
    assertThat(split.test().sha256())
        .isEqualTo("0c92a9033d094a4e46a04a0a95ba3fae06746486870d6082423d08b0af400b31");
    assertThat(train.source())
        .endsWith("/data_batch_*.bin[0:5000],per-pixel statistics of 10000 records");
  }
}
