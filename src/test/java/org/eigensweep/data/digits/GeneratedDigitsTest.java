package org.eigensweep.data.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.DataException;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.Split;
import org.junit.jupiter.api.Test;

final class GeneratedDigitsTest {
  private static Split digits(int train, int test, long seed) {
    return new GeneratedDigits(train, test, seed).load(new Configuration());
  }

  @Test
  void drawsTheSameDigitsFromASeedOnEveryMachine() {
    Split split = digits(50, 20, 7);

    // Recorded once: a change here changes the data of every published result that names a seed.
    assertThat(split.train().sha256())
        .isEqualTo("7c5aadb576a9dfd15a48cf6767842c1b0b9800d39042d92f38198566b8693783");
    assertThat(split.test().sha256())
        .isEqualTo("4838d86334d16c3d56e7025c159e8711528b83db20e4d85a8301cc6e5ffcd854");
    assertThat(digits(50, 20, 7).train().sha256()).isEqualTo(split.train().sha256());
  }

  @Test
  void drawsOtherDigitsFromAnotherSeedAndForTheTest() {
    Split zero = digits(100, 100, 0);

    assertThat(zero.train().sha256())
        .isNotEqualTo(zero.test().sha256())
        .isNotEqualTo(digits(100, 100, 1).train().sha256());
  }

  @Test
  void namesItsSource() {
    Split split = digits(20, 10, 3);

    assertThat(split.train().source()).isEqualTo("digits:seed=3,train[0:20]");
    assertThat(split.test().source()).isEqualTo("digits:seed=3,test[0:10]");
  }

  @Test
  void beginsALargerSetWithTheSmallerOne() {
    Dataset large = digits(100, 1, 5).train();
    Dataset small = digits(37, 1, 5).train();

    assertThat(Arrays.copyOf(large.labels(), 37)).isEqualTo(small.labels());
    assertThat(Arrays.copyOf(large.inputs(), 37 * 784)).isEqualTo(small.inputs());
  }

  @Test
  void keepsTheTestSetWhateverTheSizeOfTheTrainingSet() {
    assertThat(digits(10, 30, 5).test().sha256()).isEqualTo(digits(200, 30, 5).test().sha256());
  }

  @Test
  void balancesTheClassesInShuffledOrder() {
    int[] labels = digits(204, 1, 0).train().labels();
    int[] counts = new int[10];
    for (int label : labels) {
      counts[label]++;
    }

    assertThat(counts).containsOnly(20, 21);
    assertThat(Arrays.copyOf(labels, 10)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(Arrays.copyOf(labels, 10)).isNotEqualTo(Arrays.copyOfRange(labels, 10, 20));
  }

  @Test
  void drawsInkOnBlankPaper() {
    float[] inputs = digits(500, 1, 0).train().inputs();
    double sum = 0;
    int blank = 0;
    for (float input : inputs) {
      assertThat(input).isBetween(0f, 1f);
      sum += input;
      blank += input == 0 ? 1 : 0;
    }

    // MNIST's training images have mean 0.131 and 81 in 100 of their pixels are blank.
    assertThat(sum / inputs.length).isBetween(0.09, 0.15);
    assertThat((double) blank / inputs.length).isBetween(0.7, 0.9);
  }

  @Test
  void isLearnableButNotTrivial() {
    Split split = digits(2000, 1000, 0);

    // The nearest class mean, the simplest linear rule, is right on 0.82 of MNIST's test images
    // and on 0.77 to 0.82 of these over seeds 0 to 2. Near 0.1 the classes would be noise; near 1
    // a network would have nothing to learn that a mean does not know.
    assertThat(accuracyOfNearestMean(split)).isBetween(0.7, 0.9);
  }

  private static double accuracyOfNearestMean(Split split) {
    double[][] means = means(split.train());
    Dataset test = split.test();
    int right = 0;
    for (int i = 0; i < test.examples(); i++) {
      int nearest = 0;
      for (int c = 1; c < means.length; c++) {
        if (distance(test, i, means[c]) < distance(test, i, means[nearest])) {
          nearest = c;
        }
      }
      right += nearest == test.labels()[i] ? 1 : 0;
    }
    return (double) right / test.examples();
  }

  private static double[][] means(Dataset data) {
    double[][] means = new double[data.classes()][data.features()];
    int[] counts = new int[data.classes()];
    for (int label : data.labels()) {
      counts[label]++;
    }
    for (int i = 0; i < data.inputs().length; i++) {
      int label = data.labels()[i / data.features()];
      means[label][i % data.features()] += data.inputs()[i] / counts[label];
    }
    return means;
  }

  private static double distance(Dataset data, int example, double[] mean) {
    double sum = 0;
    for (int j = 0; j < mean.length; j++) {
      double difference = data.inputs()[example * mean.length + j] - mean[j];
      sum += difference * difference;
    }
    return sum;
  }

  @Test
  void refusesSizesThatItCannotDraw() {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> new GeneratedDigits(0, 0, 0))
        .withMessage("0 training examples asked for, expected 1 to 2739137");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> new GeneratedDigits(1, -1, 0))
        .withMessage("-1 test examples asked for, expected 0 to 2739137");
  }
}
