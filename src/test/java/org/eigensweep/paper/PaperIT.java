package org.eigensweep.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eigensweep.paper.Reproduction.AFTER;
import static org.eigensweep.paper.Reproduction.FALL;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What Song, Ahn and Yun (2025) say of each experiment, seen at a small scale on real data, for
 * every seed. A direction holds with a margin that was measured to be several times the spread over
 * seeds.
 */
@Tag("paper")
@EnabledIfEnvironmentVariable(named = "EIGENSWEEP_DATA", matches = ".+")
class PaperIT {
  private static final int SEEDS = 3;

  /** The last half of the steps, where short-lived effects of the start are over. */
  private static final String LATE = "step >= (select max(step) / 2 from steps)";

  @TempDir private static Path folder;

  private static final Map<String, Reproduction> RAN = new HashMap<>();

  private static Reproduction ran(String experiment) {
    return RAN.computeIfAbsent(experiment, name -> Reproduction.of(name, folder));
  }

  /**
   * Outside the dominant space training goes on; inside it stalls.
   *
   * @param inside the largest share of the plain branch's fall that Dom may have
   * @param outside the share that Bulk has at least
   */
  private static void stallsInsideAlone(Reproduction sweep, double inside, double outside) {
    List<Double> plain = sweep.descent("plain");
    List<Double> dominant = sweep.descent("dominant");
    List<Double> bulk = sweep.descent("bulk");
    assertThat(plain).hasSize(SEEDS).allMatch(fall -> fall > 0);
    for (int seed = 0; seed < SEEDS; seed++) {
      assertThat(dominant.get(seed)).as("Dom, seed %d", seed).isLessThan(plain.get(seed) * inside);
      assertThat(bulk.get(seed)).as("Bulk, seed %d", seed).isGreaterThan(plain.get(seed) * outside);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mnist-5k-sgd", "sam", "heavy-ball", "cross-entropy"})
  void trainingStallsInsideTheDominantSpaceAlone(String experiment) {
    stallsInsideAlone(ran(experiment), 1.0 / 4, 1.0 / 2);
  }

  /**
   * Outside the space Adam goes on, but slower: what it normalises by grows with the gradient that
   * nothing lowers inside the space.
   */
  @Test
  void adamStallsInsideAndGoesOnSlowerOutside() {
    stallsInsideAlone(ran("adam"), 1.0 / 10, 1.0 / 6);
  }

  /** Song, Ahn and Yun (2025), section 6: what speeds momentum up is the rate in the bulk. */
  @Test
  void momentumHasALargeEffectiveLearningRateInTheBulkAlone() {
    Reproduction sweep = ran("heavy-ball"); // eta = 0.02, beta = 0.9
    assertThat(sweep.perSeed("plain", "median(learning_rate_bulk)", AFTER))
        .hasSize(SEEDS)
        .allMatch(rate -> rate > 4 * 0.02 && rate < 1.1 * 0.02 / (1 - 0.9));
    assertThat(sweep.perSeed("plain", "median(learning_rate_dominant)", AFTER))
        .hasSize(SEEDS)
        .allMatch(rate -> rate < 0.02);
  }

  @Test
  void moreExamplesAStepAlignLess() {
    Reproduction sweep = ran("batch-sizes");
    String late = "select avg(chi_gradient) from steps where batch_size = %d and " + LATE;
    List<Double> few = sweep.numbers(late.formatted(10) + " group by seed order by seed");
    List<Double> some = sweep.numbers(late.formatted(50) + " group by seed order by seed");
    List<Double> many = sweep.numbers(late.formatted(250) + " group by seed order by seed");
    assertThat(few).hasSize(SEEDS);
    for (int seed = 0; seed < SEEDS; seed++) {
      assertThat(few.get(seed)).isGreaterThan(0.9);
      assertThat(some.get(seed)).isGreaterThan(many.get(seed) + 0.05);
    }
    // The noise lies in the dominant space far beyond that space's 10 of 25,450 dimensions.
    assertThat(
            sweep.numbers(
                "select avg(gradient_noise_dominant / gradient_noise) from steps where batch_size ="
                    + " 50 group by seed"))
        .hasSize(SEEDS)
        .allMatch(share -> share > 0.2);
  }

  @Test
  void theGradientAlignsUnderSgd() {
    Reproduction sweep = ran("mnist-5k-sgd");
    assertThat(sweep.perSeed("plain", "avg(chi_gradient)", LATE))
        .hasSize(SEEDS)
        .allMatch(chi -> chi > 0.9);
  }

  @Test
  void theAlignmentIsGoneWithoutNoise() {
    Reproduction sweep = ran("switch-to-gd");
    assertThat(sweep.perSeed("plain", "avg(chi_gradient)", LATE)).allMatch(chi -> chi > 0.9);
    assertThat(sweep.perSeed("gd", "avg(chi_gradient)", LATE))
        .hasSize(SEEDS)
        .allMatch(chi -> chi < 0.5);
  }

  @Test
  void smallStepsOverAllExamplesDoNotAlign() {
    Reproduction sweep = ran("small-step-gd");
    assertThat(sweep.perSeed("plain", "avg(chi_gradient)", LATE))
        .hasSize(SEEDS)
        .allMatch(chi -> chi < 0.3);
  }

  @Test
  void theEdgeOfStabilityAlignsWithoutNoise() {
    Reproduction sweep = ran("edge-of-stability");
    assertThat(sweep.perSeed("plain", "avg(chi_gradient)", LATE))
        .hasSize(SEEDS)
        .allMatch(chi -> chi > 0.9);
    for (String branch : List.of("plain", "bulk")) { // behind the first swings
      List<Double> falls = sweep.perSeed(branch, FALL, LATE);
      List<Double> inside = sweep.perSeed("dominant", FALL, LATE);
      for (int seed = 0; seed < SEEDS; seed++) {
        assertThat(inside.get(seed)).as(branch).isLessThan(falls.get(seed) / 3);
      }
    }
    // Cohen et al. (2021): the sharpness hovers just above 2/eta.
    assertThat(
            sweep.numbers(
                """
                select avg(eigenvalue * learning_rate / 2) from eigenvalues
                where pair = 1 and branch = 'plain' and step >= 200 group by seed
                """))
        .hasSize(SEEDS)
        .allMatch(share -> share > 0.95 && share < 1.25);
    // Without the swings that hold it there, the sharpness of Bulk-GD grows beyond the edge.
    assertThat(sweep.perSeed("bulk", "max(sharpness / stability_threshold)", LATE))
        .hasSize(SEEDS)
        .allMatch(share -> share > 1.25);
    // Without the oscillation the loss does not rise from one row to the next.
    String rises =
        "select count(*) from (select seed, train_loss - lag(train_loss) over (partition by seed"
            + " order by step) as rise from steps where branch = '%s' and "
            + AFTER
            + ") where rise > 1e-4";
    assertThat(sweep.numbers(rises.formatted("bulk")).get(0))
        .isLessThan(sweep.numbers(rises.formatted("plain")).get(0) / 4);
  }

  @Test
  void withMomentumTheEdgeIsFurtherOut() {
    Reproduction sweep = ran("edge-of-stability-heavy-ball");
    assertThat(sweep.perSeed("plain", "avg(sharpness / stability_threshold)", LATE))
        .hasSize(SEEDS)
        .allMatch(share -> share > 0.9 && share < 1.25);
  }

  /** Between Dom-SGD and SGD the factor of the bulk decides, between SGD and Bulk-SGD nothing. */
  @Test
  void theFactorOfTheBulkDecides() {
    Reproduction sweep = ran("interpolation");
    List<Double> plain = sweep.descent("plain");
    List<Double> half = sweep.descent("a1.0-b0.5");
    List<Double> tenth = sweep.descent("a0.1-b1.0");
    for (int seed = 0; seed < SEEDS; seed++) {
      assertThat(half.get(seed) / plain.get(seed)).isBetween(0.35, 0.8);
      assertThat(tenth.get(seed) / plain.get(seed)).isBetween(0.8, 1.2);
    }
  }

  /** These learn little in two hundred steps, so means over seeds are compared. */
  @ParameterizedTest
  @ValueSource(strings = {"cifar10-5k-sgd", "sst2-1k-sgd"})
  void otherNetworksStallToo(String experiment) {
    Reproduction sweep = ran(experiment);
    double plain = mean(sweep.descent("plain"));
    assertThat(plain).isPositive();
    assertThat(mean(sweep.descent("dominant"))).isLessThan(plain / 3);
    assertThat(mean(sweep.descent("bulk"))).isGreaterThan(plain / 2);
  }

  /** One seed: its eigenspace, which turns quickly, costs what three seeds of others do. */
  @Test
  @Tag("deep")
  void aDeepNetworkStallsToo() {
    Reproduction sweep = ran("vgg11-cross-entropy");
    double plain = sweep.descent("plain").get(0);
    assertThat(plain).isPositive();
    assertThat(sweep.descent("dominant").get(0)).isLessThan(plain / 4);
    assertThat(sweep.descent("bulk").get(0)).isGreaterThan(plain / 2);
  }

  private static double mean(List<Double> numbers) {
    assertThat(numbers).hasSize(SEEDS);
    return numbers.stream().mapToDouble(x -> x).average().orElseThrow();
  }

  /** Where y is slow and x jitters, the loss is y's: Dom holds y still, Bulk does not. */
  @Test
  void theToyIsStuckInsideTheSteepDirection() {
    Reproduction sweep = ran("toy-2d");
    String flat =
        "select last(gradient_norm * sqrt(1 - chi_gradient * chi_gradient) order by step)"
            + " / first(gradient_norm * sqrt(1 - chi_gradient * chi_gradient) order by step)"
            + " from steps where learning_rate = 2e-4 and phase = 'branch' and branch = '%s'"
            + " group by seed order by seed";
    double free = Math.exp(-2e-4 * 2000);
    assertThat(sweep.numbers(flat.formatted("dominant")))
        .hasSize(SEEDS)
        .allMatch(share -> Math.abs(share - 1) < 1e-3);
    assertThat(sweep.numbers(flat.formatted("gd")))
        .hasSize(SEEDS)
        .allMatch(share -> Math.abs(share / free - 1) < 1e-3);
    assertThat(
            sweep.numbers(
                "select avg(chi_gradient) from steps where learning_rate = 1e-3 and phase ="
                    + " 'trunk' group by seed"))
        .hasSize(SEEDS)
        .allMatch(chi -> chi > 0.95);
  }
}
