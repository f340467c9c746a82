package org.eigensweep.network.generated;

import java.util.Arrays;
import org.deeplearning4j.nn.api.Model;
import org.eigensweep.network.generated.Outcome.Fault;
import org.eigensweep.network.generated.Outcome.Kind;

/** Compares what the project says about a case with what DL4J's score says. */
final class Checker {
  /** Parameters above which a dense Hessian of differences takes seconds. */
  private static final int LARGEST = 60;

  private final Instrument instrument;

  Checker(Instrument instrument) {
    this.instrument = instrument;
  }

  Outcome check(Case network) {
    Model model;
    byte[] zip;
    try {
      model = Networks.of(network);
      zip = Networks.saved(model);
    } catch (RuntimeException e) {
      return new Outcome.NoNetwork(String.valueOf(e.getMessage()));
    }
    Answer answer = instrument.ask(network, zip);
    if (answer instanceof Answer.Broken broken) {
      return new Fault(Kind.BROKEN, trace(broken.cause()));
    }
    if (answer instanceof Answer.NotFinite infinite) {
      return Oracle.of(network, model) instanceof Expectation.NoScore
          ? new Outcome.Refused(infinite.message())
          : new Fault(Kind.UNSCORED, infinite.message() + ": DL4J's score is finite");
    }
    if (model.numParams() > LARGEST && !(answer instanceof Answer.Refused)) {
      return new Outcome.Skipped("%d parameters".formatted(model.numParams()));
    }
    if (answer instanceof Answer.Refused refused) {
      return Refusals.fault(network, model, refused.message())
          .map(Outcome.class::cast)
          .orElse(new Outcome.Refused(refused.message()));
    }
    return judge((Answer.Numbers) answer, Oracle.of(network, model));
  }

  private static String trace(Throwable cause) {
    StackTraceElement[] trace = cause.getStackTrace();
    return "%s%s"
        .formatted(cause, Arrays.stream(trace).limit(4).map(at -> "\n    at " + at).toList());
  }

  /** What numbers are worth. */
  static Outcome judge(Answer.Numbers numbers, Expectation expectation) {
    if (expectation instanceof Expectation.NoScore none) {
      return new Fault(Kind.UNSCORED, "loss %s, DL4J: %s".formatted(numbers.loss(), none.why()));
    }
    if (expectation instanceof Expectation.Chance) {
      return new Fault(
          Kind.RANDOM, "loss %s, DL4J's is another each time".formatted(numbers.loss()));
    }
    if (expectation instanceof Expectation.Unclear unclear) {
      return new Outcome.Skipped(unclear.why());
    }
    return new Comparison(numbers, (Expectation.Known) expectation)
        .fault()
        .map(Outcome.class::cast)
        .orElse(new Outcome.Right(numbers.exact()));
  }
}
