package org.eigensweep.network.difference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.eigensweep.linalg.IndexRange;
import org.eigensweep.network.dl4j.ParameterLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which differences of a slope from a gradient count, where they are given for every step. */
class SlopeCheckTest {
  private static final double[] THETA = {0.5};

  /**
   * A loss of one number with slopes that are off by so much.
   *
   * @param error by how much, at a step so many times shorter
   */
  private record Off(double loss, double gradient, DoubleUnaryOperator error) implements LossField {
    @Override
    public Point at(double[] theta) {
      return new Point(loss, new double[] {gradient});
    }

    @Override
    public double slope(double[] theta, double[] direction, double shorter) {
      return gradient * direction[0] + error.applyAsDouble(shorter);
    }

    SlopeCheck check() {
      ParameterLayout.Parameter one =
          new ParameterLayout.Parameter("one", "W", new IndexRange(0, 1), List.of());
      return new SlopeCheck(this, List.of(one), new Random(1));
    }

    Optional<SlopeCheck.Fault> off(double share) {
      return check().off(THETA, at(THETA), share);
    }

    Optional<SlopeCheck.Fault> slightlyOff() {
      return check().slightlyOff(THETA, at(THETA));
    }
  }

  /** A loss of which the rounding of a slope at the whole step is so much. */
  private static double lossThatRounds(double rounding) {
    return rounding / LossField.rounding(THETA, new LossField.Point(1, THETA), 1);
  }

  /** Along the gradient's direction and half as much of either, slopes are of its size. */
  @ParameterizedTest
  @CsvSource({"1,1.6e-3,true", "1,0.4e-3,false", "1e-4,1.6e-7,true", "1e4,4,false"})
  void allowsAShareOfTheSlope(double gradient, double error, boolean seen) {
    assertThat(new Off(0, gradient, shorter -> error).off(1e-3).isPresent()).isEqualTo(seen);
  }

  /** Where there is neither a loss nor a slope, nothing is allowed and nothing is wrong. */
  @Test
  void findsNoFaultInNothing() {
    assertThat(new Off(0, 0, shorter -> 0).off(1e-3)).isEmpty();
    assertThat(new Off(0, 0, shorter -> 0).slightlyOff()).isEmpty();
    assertThat(new Off(0, 0, shorter -> 1e-300).off(1e-3)).isPresent();
  }

  /** A millionth of the slope, and ten times the rounding, here of 1e-9. */
  @ParameterizedTest
  @CsvSource({
    "0,1e-4,1.6e-10,true",
    "0,1e-4,0.4e-10,false",
    "0,1e4,4e-3,false",
    "1e-9,1e-4,1.61e-7,true",
    "1e-9,1e-4,1.59e-7,false"
  })
  void allowsAMillionthOfTheSlopeAndSomeRounding(
      double rounding, double gradient, double error, boolean seen) {
    Off field = new Off(lossThatRounds(rounding), gradient, shorter -> error);
    assertThat(field.slightlyOff().isPresent()).isEqualTo(seen);
  }

  /**
   * The slope is 1.5 or 0.5 times the gradient, so that a millionth of it is known once the fault
   * tells which.
   */
  @Test
  void addsWhatRoundingAllows() {
    double slope = new Off(0, 1, shorter -> 1e-3).slightlyOff().orElseThrow().gradient();
    double loss = lossThatRounds(1e-10);
    double within = 1e-6 * slope + 0.5e-9;
    assertThat(new Off(loss, 1, shorter -> within).slightlyOff()).isEmpty();
    double beyond = 1e-6 * slope + 1.5e-9;
    assertThat(new Off(loss, 1, shorter -> beyond).slightlyOff()).isPresent();
  }

  @Test
  void tellsTheGradientAndTheSlope() {
    SlopeCheck.Fault fault = new Off(0, 2, shorter -> 0.25).slightlyOff().orElseThrow();
    assertThat(fault.slope() - fault.gradient()).isCloseTo(0.25, within(1e-15));
    assertThat(fault.gradient()).isIn(1.0, 3.0);
    assertThat(fault.parameter().name()).isEqualTo("one.W");
  }

  /** An error of 10 at the whole step, which is another at a fourth or a sixteenth of it. */
  @ParameterizedTest
  @CsvSource({
    "10,10,true",
    "9,11,true",
    "11,9,true",
    "8.9,10,false",
    "10,8.9,false",
    "0,10,false",
    "10,0,false"
  })
  void asksForTheSameErrorToATenth(double fourth, double sixteenth, boolean seen) {
    DoubleUnaryOperator error = s -> s == 1 ? 10 : s == 4 ? fourth : sixteenth;
    assertThat(new Off(0, 0, error).slightlyOff().isPresent()).isEqualTo(seen);
  }

  /** Shorter steps round more: a sixteenth by sixteen times as much, which may be apart too. */
  @Test
  void allowsForTheRoundingOfShorterSteps() {
    double loss = lossThatRounds(1e-3);
    DoubleUnaryOperator less = s -> s == 16 ? 10 - 1 - 0.015 : 10;
    assertThat(new Off(loss, 0, less).slightlyOff()).isPresent();
    DoubleUnaryOperator tooMuch = s -> s == 16 ? 10 - 1 - 0.017 : 10;
    assertThat(new Off(loss, 0, tooMuch).slightlyOff()).isEmpty();
  }

  /** An error counts where it is more than ten times the rounding of the shortest step. */
  @Test
  void seesNoErrorThatRoundingReaches() {
    double loss = 3;
    double limit = 10 * LossField.rounding(THETA, new LossField.Point(loss, THETA), 16);
    assertThat(new Off(loss, 0, s -> limit).slightlyOff()).isEmpty();
    assertThat(new Off(loss, 0, s -> 1.001 * limit).slightlyOff()).isPresent();
  }
}
