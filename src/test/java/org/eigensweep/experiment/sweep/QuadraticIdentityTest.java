package org.eigensweep.experiment.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.array.Precision;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.quadratic.Basis;
import org.eigensweep.training.OptimizerSettings;
import org.junit.jupiter.api.Test;

/** What makes a trial of a quadratic itself, and what tables say of it. */
class QuadraticIdentityTest {
  private static final Trial TRIAL = new Trial(1e-4, 3, 1, Continuation.BULK);

  private static QuadraticSource source(
      List<Double> values, Basis basis, List<Double> start, int examples, double c, double noise) {
    return source(values, basis, start, examples, c, noise, 0);
  }

  private static QuadraticSource source(
      List<Double> values,
      Basis basis,
      List<Double> start,
      int examples,
      double coupling,
      double noise,
      long seed) {
    return new QuadraticSource(
        values,
        basis,
        start,
        examples,
        coupling,
        Collections.nCopies(values.size(), noise),
        seed,
        Precision.FLOAT64);
  }

  private static QuadraticSource toy() {
    return source(List.of(1000.0, 1.0), Basis.AXES, List.of(1.0, 1.0), 2, 100, 0);
  }

  private static Protocol protocol(Batches batches) {
    return new Protocol(
        new TrainingPlan(
            OptimizerSettings.SGD,
            new WarmUp(0, 1, 2),
            batches,
            20_000,
            new SwitchRule.AtStep(5000)),
        new Following(new SolverSettings(1, 1e-9, Which.LARGEST, 2000), 0, 10));
  }

  private static Fingerprint of(QuadraticSource source, Batches batches) {
    return Fingerprint.of(protocol(batches), source.load(new Configuration()), TRIAL);
  }

  private static Fingerprint of(QuadraticSource source) {
    return of(source, new Batches.Independent(1));
  }

  /** Tables that were written must be found again by later versions: these may never change. */
  @Test
  void itsPartsStayAsTheyAre() {
    assertThat(of(toy()).parts())
        .containsEntry("problem", "quadratic")
        .containsEntry("quadratic.eigenvalues", "1000.0,1.0")
        .containsEntry("quadratic.basis", "axes")
        .containsEntry("quadratic.start", "1.0,1.0")
        .containsEntry("quadratic.examples", "2")
        .containsEntry("quadratic.coupling", "100.0")
        .containsEntry("quadratic.noise", "0.0,0.0")
        .containsEntry("precision", "float64")
        .containsEntry("training.batch-size", "1 independent")
        .doesNotContainKeys("quadratic.seed", "model", "loss", "data.train");
  }

  @Test
  void differsWithEverythingThatFixesNumbers() {
    List<Double> values = List.of(1000.0, 1.0);
    List<Double> start = List.of(1.0, 1.0);
    Stream<Fingerprint> all =
        Stream.of(
            of(toy()),
            of(toy(), new Batches.Shuffled(1)),
            of(toy(), new Batches.Full()),
            of(source(List.of(1.0, 1000.0), Basis.AXES, start, 2, 100, 0)),
            of(source(values, Basis.RANDOM, start, 2, 100, 0)),
            of(source(values, Basis.RANDOM, start, 2, 100, 0, 1)),
            of(source(values, Basis.AXES, List.of(1.0, 2.0), 2, 100, 0)),
            of(source(values, Basis.AXES, start, 4, 100, 0)),
            of(source(values, Basis.AXES, start, 2, 99, 0)),
            of(source(values, Basis.AXES, start, 2, 100, 1)),
            of(source(values, Basis.AXES, start, 2, 100, 1, 1)));
    assertThat(all.map(Fingerprint::hash)).hasSize(11).doesNotHaveDuplicates();
  }

  @Test
  void aSeedThatNothingIsDrawnFromDoesNotCount() {
    QuadraticSource other =
        source(List.of(1000.0, 1.0), Basis.AXES, List.of(1.0, 1.0), 2, 100, 0, 77);
    assertThat(of(other)).isEqualTo(of(toy()));
  }

  /** Whoever adds a component decides whether it fixes numbers, and says so in the parts. */
  @Test
  void knowsEveryComponent() {
    assertThat(Stream.of(QuadraticSource.class.getRecordComponents()).map(RecordComponent::getName))
        .containsExactly(
            "eigenvalues", "basis", "start", "examples", "coupling", "noise", "seed", "precision");
  }

  @Test
  void tablesShowWhatItIs() {
    ProblemLabels labels = toy().load(new Configuration()).labels();
    assertThat(labels)
        .isEqualTo(
            new ProblemLabels(
                "quadratic eigenvalues=1000.0,1.0 basis=axes",
                "quadratic",
                new ProblemLabels.Examples("2 examples coupling=100.0 noise=0.0*2", null),
                ProblemLabels.Examples.NONE));
    List<Double> many = IntStream.range(0, 50).mapToObj(i -> 50.0 - i).toList();
    assertThat(
            source(many, Basis.RANDOM, Collections.nCopies(50, 1.0), 9, 0, 0.5, 4)
                .load(new Configuration())
                .labels()
                .model())
        .isEqualTo("quadratic eigenvalues=50.0..1.0*50 basis=random");
  }
}
