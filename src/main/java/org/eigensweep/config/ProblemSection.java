package org.eigensweep.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.array.Precision;
import org.eigensweep.data.DataSource;
import org.eigensweep.experiment.sweep.NetworkSettings;
import org.eigensweep.experiment.sweep.NetworkSource;
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
    return root.child(KEY).word(KINDS).apply(root, hadoop);
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
    String reason = "eigensweep.problem = quadratic has no use for it";
    // Where the data lie says nothing of the problem: it may be set for all runs on a machine.
    root.child("data").childrenBut("dir").forEach(setting -> setting.requireDefault(reason));
    for (String section : List.of("model", "loss", "l2", "curvature")) {
      root.child(section).requireDefault(reason);
    }
    QuadraticSource source = QuadraticSection.read(root.child(QUADRATIC));
    root.child("spark")
        .child("placement")
        .requireDefault("a quadratic has no examples to send, and its trials run in tasks alone");
    root.child("measure")
        .child("spectrum")
        .child("layers")
        .requireDefault("a quadratic has no layers");
    root.child("measure")
        .child("save-models")
        .requireDefault("a quadratic is no network that could be saved");
    root.child("training")
        .child("warm-up")
        .child("steps")
        .requireDefault("the workers of a warm-up train a network");
    return new ProblemSection(
        source, ProblemSize.ofQuadratic(source.parameters(), source.examples()));
  }

  static PassSettings passes(Node curvature, Node model) {
    return new PassSettings(
        curvature.child("chunk").bytesOfAtLeast(1),
        curvature.child("keep").bytesOfAtLeast(0),
        model.child("batch-norm-examples").integerOfAtLeast(1));
  }

  static Precision precision(Node section) {
    return section.child("precision").word(Words.of(Precision.class));
  }
}
