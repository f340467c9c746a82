package org.eigensweep.linalg;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.eigensweep.array.Precision;

/**
 * A sequence of operators, and what is asked of a solver that meets them one after another. Its
 * text holds all of it and can be read back.
 *
 * @param subject the solver
 * @param seed of the eigenvectors, of all other random numbers, and of the solver's stream
 * @param n dimension
 * @param precision of the solver's device
 * @param settings what is asked for
 * @param basis how many vectors a block is made orthogonal to
 * @param error mean error of a projection that is allowed
 * @param rate ηλ₁ of the update that is projected, at first; 0 for a vector whose χ is asked for
 * @param spectrum eigenvalues at first
 * @param motion how eigenvectors turn from step to step
 * @param angle by how much, in radians
 * @param steps operators
 * @param direction of the vector that is projected
 * @param events what happens in between
 */
record GeneratedCase(
    Subject subject,
    long seed,
    int n,
    Precision precision,
    SolverSettings settings,
    int basis,
    double error,
    double rate,
    GeneratedSpectrum spectrum,
    Motion motion,
    double angle,
    int steps,
    Direction direction,
    List<GeneratedEvent> events) {
  /** What is tried. */
  enum Subject {
    SOLVE,
    TRACK,
    PROJECT,
    ORTHONORMALIZE
  }

  enum Motion {
    STILL,
    /** By the same angle at each step. */
    ROTATE,
    /** About a mean, with the coordinates of the point. */
    JITTER
  }

  enum Direction {
    RANDOM,
    /** Mostly in the first slots, and carried along by the eigenvectors. */
    GRADIENT,
    /** The same, drawn anew at each step. */
    NOISY,
    /** Orthogonal to the leading space. */
    OUTSIDE,
    /** The last eigenvector of the leading space. */
    LAST,
    /** The eigenvector that was the first outside. */
    NEXT,
    ZERO
  }

  GeneratedCase {
    events = List.copyOf(events);
    int pairs = settings.pairs();
    if (pairs < 1 || basis < 0 || pairs + basis > n || steps < 1) {
      throw new IllegalArgumentException(
          "%d pairs outside %d vectors in %d dimensions, %d steps: expected one of each that fit"
              .formatted(pairs, basis, n, steps));
    }
  }

  int pairs() {
    return settings.pairs();
  }

  /** η of the update: the rate over the largest eigenvalue at first. */
  double learningRate() {
    double[] first = spectrum.values(n, pairs(), new Random(seed));
    double largest = Arrays.stream(first).map(Math::abs).max().orElseThrow();
    return largest == 0 ? rate : rate / largest;
  }

  static GeneratedCase parse(String text) {
    return of(
        Arrays.stream(text.trim().split(" +", -1))
            .map(word -> word.split("=", 2))
            .collect(Collectors.toMap(word -> word[0], word -> word[1])));
  }

  /** The same case but for one of the words of its text. */
  GeneratedCase with(String key, Object value) {
    Map<String, String> words = words();
    if (words.put(key, String.valueOf(value)) == null) {
      throw new IllegalArgumentException("no " + key + " in " + this);
    }
    return of(words);
  }

  GeneratedCase with(List<GeneratedEvent> others) {
    return with("events", text(others));
  }

  private static GeneratedCase of(Map<String, String> words) {
    String events = words.get("events");
    return new GeneratedCase(
        Subject.valueOf(words.get("subject")),
        Long.parseLong(words.get("seed")),
        Integer.parseInt(words.get("n")),
        Precision.valueOf(words.get("precision")),
        new SolverSettings(
            Integer.parseInt(words.get("pairs")),
            Double.parseDouble(words.get("tolerance")),
            Which.valueOf(words.get("which")),
            Integer.parseInt(words.get("products"))),
        Integer.parseInt(words.get("basis")),
        Double.parseDouble(words.get("error")),
        Double.parseDouble(words.get("rate")),
        new GeneratedSpectrum(
            GeneratedSpectrum.Shape.valueOf(words.get("shape")),
            Double.parseDouble(words.get("decay")),
            Double.parseDouble(words.get("negative")),
            Double.parseDouble(words.get("scale"))),
        Motion.valueOf(words.get("motion")),
        Double.parseDouble(words.get("angle")),
        Integer.parseInt(words.get("steps")),
        Direction.valueOf(words.get("direction")),
        events.isEmpty()
            ? List.of()
            : Arrays.stream(events.split(",", -1)).map(GeneratedEvent::parse).toList());
  }

  private Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("subject", subject.name());
    words.put("seed", Long.toString(seed));
    words.put("n", Integer.toString(n));
    words.put("precision", precision.name());
    words.put("pairs", Integer.toString(pairs()));
    words.put("tolerance", Double.toString(settings.tolerance()));
    words.put("which", settings.which().name());
    words.put("products", Integer.toString(settings.maxProducts()));
    words.put("basis", Integer.toString(basis));
    words.put("error", Double.toString(error));
    words.put("rate", Double.toString(rate));
    words.put("shape", spectrum.shape().name());
    words.put("decay", Double.toString(spectrum.decay()));
    words.put("negative", Double.toString(spectrum.negative()));
    words.put("scale", Double.toString(spectrum.scale()));
    words.put("motion", motion.name());
    words.put("angle", Double.toString(angle));
    words.put("steps", Integer.toString(steps));
    words.put("direction", direction.name());
    words.put("events", text(events));
    return words;
  }

  private static String text(List<GeneratedEvent> events) {
    return events.stream().map(GeneratedEvent::toString).collect(Collectors.joining(","));
  }

  @Override
  public String toString() {
    return words().entrySet().stream()
        .map(word -> word.getKey() + "=" + word.getValue())
        .collect(Collectors.joining(" "));
  }
}
