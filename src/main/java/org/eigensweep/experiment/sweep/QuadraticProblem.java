package org.eigensweep.experiment.sweep;

import static org.eigensweep.network.preset.Word.word;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eigensweep.array.Device;
import org.eigensweep.array.MatrixSource;
import org.eigensweep.array.Precision;
import org.eigensweep.curvature.NoExamples;
import org.eigensweep.curvature.Objective;
import org.eigensweep.quadratic.Quadratic;

/**
 * A quadratic loss. It holds no examples out.
 *
 * @param source what it was drawn from
 * @param quadratic the loss
 */
public record QuadraticProblem(QuadraticSource source, Quadratic quadratic)
    implements SweepProblem {
  /** Longest list of numbers that tables show whole. */
  private static final int SHOWN = 6;

  @Override
  public Precision precision() {
    return source.precision();
  }

  /** The same for every seed: trials of a quadratic differ in their examples' order alone. */
  @Override
  public MatrixSource start(long seed) {
    return quadratic.point(source.start());
  }

  @Override
  public Objective train(Device device) {
    return quadratic.open(device);
  }

  @Override
  public Objective test(Device device) {
    return new NoExamples(device, quadratic.parameters());
  }

  @Override
  public int examples() {
    return quadratic.examples();
  }

  @Override
  public ProblemLabels labels() {
    String seed = source.isRandom() ? " seed=" + source.seed() : "";
    return new ProblemLabels(
        "quadratic eigenvalues=%s basis=%s".formatted(eigenvalues(), word(source.basis())),
        "quadratic",
        new ProblemLabels.Examples(
            "%d examples coupling=%s noise=%s%s"
                .formatted(examples(), source.coupling(), shown(source.noise()), seed),
            null),
        ProblemLabels.Examples.NONE);
  }

  private String eigenvalues() {
    return shown(source.eigenvalues());
  }

  /** As in 1000.0,1.0, or the first and the last of many. */
  private static String shown(List<Double> numbers) {
    if (numbers.stream().distinct().count() == 1 && numbers.size() > 1) {
      return numbers.get(0) + "*" + numbers.size();
    }
    return numbers.size() <= SHOWN
        ? whole(numbers)
        : "%s..%s*%d".formatted(numbers.get(0), numbers.get(numbers.size() - 1), numbers.size());
  }

  private static String whole(List<Double> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  @Override
  public Map<String, String> parts() {
    Map<String, String> parts = new TreeMap<>();
    parts.put("problem", "quadratic");
    parts.put("quadratic.eigenvalues", whole(source.eigenvalues()));
    parts.put("quadratic.basis", word(source.basis()));
    parts.put("quadratic.start", whole(source.start()));
    parts.put("quadratic.examples", String.valueOf(source.examples()));
    parts.put("quadratic.coupling", String.valueOf(source.coupling()));
    parts.put("quadratic.noise", whole(source.noise()));
    if (source.isRandom()) {
      parts.put("quadratic.seed", String.valueOf(source.seed()));
    }
    parts.put("precision", word(source.precision()));
    return parts;
  }
}
