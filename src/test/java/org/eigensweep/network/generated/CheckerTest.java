package org.eigensweep.network.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.eigensweep.linalg.Stop;
import org.eigensweep.network.generated.Outcome.Fault;
import org.eigensweep.network.generated.Outcome.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker finds what is wrong on purpose, and nothing in what is right. */
class CheckerTest {
  private static final Case EXACT =
      Case.parse(
          "classes=3 examples=5 input=vector:2 seed=5 | dense out=2 | output act=softmax loss=mcxent");
  private static final Case DIFFERENCED =
      Case.parse("classes=2 examples=3 input=vector:2 seed=6 | dense act=swish out=2 | output");

  @Test
  void findsNothingInWhatIsRight() {
    Checker checker = new Checker(new Instrument());
    assertThat(checker.check(EXACT)).isEqualTo(new Outcome.Right(true));
    assertThat(checker.check(EXACT.with("precision", "float32")))
        .isEqualTo(new Outcome.Right(true));
    assertThat(checker.check(DIFFERENCED)).isEqualTo(new Outcome.Right(false));
  }

  @ParameterizedTest
  @EnumSource
  void findsAMutatedObjective(Mutation mutation) {
    Checker checker = new Checker(new Instrument(objective -> new Mutated(objective, mutation)));
    assertThat(checker.check(EXACT))
        .isInstanceOfSatisfying(
            Fault.class, fault -> assertThat(fault.kind()).isEqualTo(mutation.kind()));
  }

  /** Right numbers, and one of them changed. */
  @Test
  void findsAChangedNumber() {
    Model model = Networks.of(EXACT);
    Expectation expectation = Oracle.of(EXACT, model);
    Answer.Numbers right = (Answer.Numbers) new Instrument().ask(EXACT, Networks.saved(model));
    assertThat(Checker.judge(right, expectation)).isEqualTo(new Outcome.Right(true));
    double[] values = right.eigenvalues().clone();
    values[1] *= 1 + 1e-5;
    assertFault(Kind.EIGENVALUES, with(right, values, right.trace()), expectation);
    assertFault(
        Kind.TRACE, with(right, right.eigenvalues(), right.trace() * (1 + 1e-5)), expectation);
    assertFault(Kind.RANDOM, right, new Expectation.Chance());
    assertFault(Kind.UNSCORED, right, new Expectation.NoScore("none"));
  }

  private static Answer.Numbers with(Answer.Numbers right, double[] eigenvalues, double trace) {
    return new Answer.Numbers(
        true,
        false,
        right.parameters(),
        right.loss(),
        right.gradient(),
        right.hessian(),
        0,
        false,
        right.coordinates(),
        eigenvalues,
        right.residuals(),
        Stop.CONVERGED,
        trace);
  }

  private static void assertFault(Kind kind, Answer.Numbers numbers, Expectation expectation) {
    assertThat(Checker.judge(numbers, expectation))
        .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.kind()).isEqualTo(kind));
  }

  /** DL4J's gradients are wrong here: the oracle takes them from the score. */
  static Stream<String> wrongGradients() {
    return Stream.of(
        "classes=2 examples=3 input=vector:2 seed=6 | dense out=2 | lambda | output",
        "classes=2 examples=3 input=vector:2 seed=6 | dense frozen=yes out=2 | output");
  }

  @ParameterizedTest
  @MethodSource("wrongGradients")
  void seesAWrongGradientOfDl4j(String text) {
    Case network = Case.parse(text);
    Model model = Networks.of(network);
    Expectation.Known known = (Expectation.Known) Oracle.of(network, model);
    double[] theirs =
        new Scores(network, Networks.inDouble(network, model))
            .gradient(model.params().toDoubleVector());
    double[] first = Arrays.copyOf(known.gradient(), 6); // the weights and biases of the layer
    assertThat(Arrays.copyOf(theirs, 6)).isNotEqualTo(first);
    assertThat(Arrays.stream(first).map(Math::abs).max().orElse(0)).isGreaterThan(1e-3);
    double[][] hessian = known.hessian();
    double row = Arrays.stream(hessian[0]).map(Math::abs).sum();
    assertThat(row).isGreaterThan(1e-3);
  }

  @Test
  void seesChance() {
    Case random =
        Case.parse("examples=3 input=vector:2 seed=6 | dense drop=dropout out=3 | output");
    assertThat(Oracle.of(random, Networks.of(random))).isEqualTo(new Expectation.Chance());
  }

  @Test
  void seesAKink() {
    Case atZero =
        Case.parse(
            "examples=3 input=vector:2 seed=6 weights=zero | dense act=relu out=3 | output act=relu");
    assertThat(Oracle.of(atZero, Networks.of(atZero))).isEqualTo(new Expectation.Unclear("a kink"));
  }

  @Test
  void readsWhatItPrints() {
    CaseGenerator generator = new CaseGenerator(3);
    for (int i = 0; i < 50; i++) {
      Case network = generator.next();
      assertThat(Case.parse(network.toString())).isEqualTo(network);
    }
  }

  @Test
  void shrinks() {
    Case large =
        Case.parse(
            "as=graph classes=4 examples=5 input=vector:4 seed=5 l2=0.1 | dense out=3 | dense from=-1 out=3 | add from=0,1 | dense act=relu out=2 | output act=tanh");
    Shrinker shrinker =
        new Shrinker(
            network ->
                network.nodes().stream().anyMatch(node -> node.option("act", "").equals("relu")),
            500);
    assertThat(shrinker.shrink(large))
        .hasToString("classes=1 examples=1 input=vector:1 seed=5 | dense act=relu out=1 | output");
  }
}
