package org.eigensweep.config;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.array.Precision;
import org.eigensweep.data.DataSource;
import org.eigensweep.experiment.sweep.NetworkSettings;
import org.eigensweep.experiment.sweep.NetworkSource;
import org.eigensweep.experiment.sweep.ProblemKind;
import org.eigensweep.experiment.sweep.ProblemSource;
import org.eigensweep.experiment.sweep.QuadraticSource;
import org.eigensweep.network.pass.PassSettings;

/**
 * What is trained, and the sections that say more of it.
 *
 * @param source the problem
 * @param size how large it is
 */
record ProblemSection(ProblemSource source, ProblemSize size) {
  private static final String KEY = "problem";

  /** The word for a chunk of the size that devices compute best with. */
  private static final String AS_THE_DEVICE_LIKES = "device";

  private static final String WHAT_FITS = "what-fits";
  private static final String QUADRATIC = "quadratic";
  private static final Map<String, BiFunction<Node, Configuration, ProblemSection>> KINDS =
      new LinkedHashMap<>();

  static {
    KINDS.put("network", ProblemSection::network);
    KINDS.put(QUADRATIC, (root, hadoop) -> quadratic(root));
  }

  /**
   * Reads it from the root of the settings. Sections that only other problems use must be unset.
   *
   * @param hadoop the file systems of the files that say how large the problem is
   */
  static ProblemSection read(Node root, Configuration hadoop) {
    Node problem = root.child(KEY);
    Map<String, ProblemKind> brought = KindSection.beside(KINDS.keySet(), problem, ProblemKind.ALL);
    Set<String> words = new LinkedHashSet<>(KINDS.keySet());
    words.addAll(brought.keySet());
    Choice choice = Choice.of(problem, words);
    if (!KINDS.containsKey(choice.word())) {
      return brought(root, choice, brought.get(choice.word()));
    }
    choice.with(List.of());
    return KINDS.get(choice.word()).apply(root, hadoop);
  }

  private static ProblemSection network(Node root, Configuration hadoop) {
    root.child(QUADRATIC).requireDefault("eigensweep.problem = network has no use for it");
    DataSource data = DataSection.read(root.child("data"), hadoop);
    NetworkSettings settings =
        new NetworkSettings(
            ModelSection.read(root, data, hadoop),
            precision(root.child("model")),
            passes(root.child("curvature"), root.child("model")));
    NetworkSource source = new NetworkSource(settings, data);
    return new ProblemSection(
        source, ProblemSize.ofNetwork(source.parameters(), source.examples()));
  }

  private static ProblemSection quadratic(Node root) {
    requireNoNetwork(root, QUADRATIC);
    QuadraticSource source = QuadraticSection.read(root.child(QUADRATIC));
    return new ProblemSection(
        source, ProblemSize.ofQuadratic(source.parameters(), source.examples()));
  }

  private static ProblemSection brought(Node root, Choice choice, ProblemKind kind) {
    requireNoNetwork(root, choice.word());
    root.child(QUADRATIC)
        .requireDefault("eigensweep.problem = %s has no use for it".formatted(choice.word()));
    ProblemSource source = kind.open(KindSection.values(choice, kind));
    return new ProblemSection(
        source, ProblemSize.ofKind(choice.word(), source.parameters(), source.examples()));
  }

  private static void requireNoNetwork(Node root, String kind) {
    String reason = "eigensweep.problem = %s has no use for it".formatted(kind);
    // Where the data lie says nothing of the problem: it may be set for all runs on a machine.
    root.child("data").childrenBut("dir").forEach(setting -> setting.requireDefault(reason));
    for (String section : List.of("model", "loss", "l2", "curvature")) {
      root.child(section).requireDefault(reason);
    }
    root.child("spark")
        .child("placement")
        .requireDefault("the trials of eigensweep.problem = %s run in tasks alone".formatted(kind));
    root.child("measure")
        .child("spectrum")
        .child("layers")
        .requireDefault("eigensweep.problem = %s has no layers".formatted(kind));
    root.child("measure")
        .child("save-models")
        .requireDefault(
            "eigensweep.problem = %s is no network that could be saved".formatted(kind));
    root.child("training")
        .child("warm-up")
        .child("steps")
        .requireDefault("the workers of a warm-up train a network");
  }

  static PassSettings passes(Node curvature, Node model) {
    return new PassSettings(
        chunk(curvature.child("chunk")),
        kept(curvature.child("keep")),
        model.child("batch-norm-examples").integerOfAtLeast(1));
  }

  private static long chunk(Node chunk) {
    return chunk.text().filter(AS_THE_DEVICE_LIKES::equals).isPresent()
        ? PassSettings.AS_THE_DEVICE_LIKES
        : chunk.bytesOfAtLeast(1);
  }

  private static long kept(Node keep) {
    return keep.text().filter(WHAT_FITS::equals).isPresent()
        ? PassSettings.WHAT_FITS
        : keep.bytesOfAtLeast(0);
  }

  static Precision precision(Node section) {
    return section.child("precision").word(Words.of(Precision.class));
  }
}
