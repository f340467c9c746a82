package org.eigensweep.config;

import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.DataSource;
import org.eigensweep.network.Blueprint;
import org.eigensweep.network.FileBlueprint;
import org.eigensweep.network.archive.ModelBytes;
import org.eigensweep.network.archive.ModelKind;
import org.eigensweep.network.preset.Weights;

/**
 * {@code eigensweep.model} of a network from a file. The file says layers, loss and L2 term; what
 * the settings say of them too must be the same, or is not there.
 */
final class ModelFileSection {
  private static final String EXPECTED =
      "expected a zip that DL4J's ModelSerializer wrote, or the configuration of a DL4J network in"
          + " JSON";

  /** The settings of a model that do not describe its layers. */
  private static final Set<String> OURS =
      Set.of("kind", "file", "weights", "precision", "batch-norm-examples");

  private ModelFileSection() {}

  /**
   * Reads the section and the file.
   *
   * @param root of the settings
   * @throws SettingsException if the file is no network, or none that a sweep can train on the data
   */
  static Blueprint read(Node root, DataSource data, Configuration hadoop) {
    Node section = root.child("model");
    section.childrenBut("kind").stream()
        .filter(node -> !OURS.contains(node.key()))
        .forEach(node -> node.requireNotGiven("eigensweep.model.file says what the layers are"));
    Node file = section.child("file");
    String path =
        file.text()
            .orElseThrow(
                () ->
                    file.reportedAt(section.child("kind"))
                        .refuse(
                            "the path of a DL4J zip, or of a configuration in JSON",
                            "set eigensweep.model.file"));
    Blueprint blueprint = read(root, path, data, hadoop);
    requireSame(root.child("loss"), blueprint.loss());
    requireSame(root.child("l2"), blueprint.l2());
    return blueprint;
  }

  private static Blueprint read(Node root, String path, DataSource data, Configuration hadoop) {
    Node section = root.child("model");
    Node weights = section.child("weights");
    Weights chosen = weights.word(Words.of(Weights.class));
    byte[] bytes = ModelBytes.read(path, EXPECTED, hadoop);
    try {
      ModelKind kind = kind(path, bytes);
      if (kind == ModelKind.JSON && chosen == Weights.SAVED) {
        throw weights.refuse(
            "fresh, because %s is a configuration, which has no weights".formatted(path),
            "correct it, or take the zip of the network");
      }
      return FileBlueprint.read(
          path, bytes, kind, chosen, data, ProblemSection.passes(root.child("curvature"), section));
    } catch (IllegalArgumentException e) {
      throw section.child("file").wrong(e.getMessage());
    }
  }

  private static ModelKind kind(String path, byte[] bytes) {
    try {
      return ModelKind.of(bytes);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("%s: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** The default says nothing here: only what is written may contradict the file. */
  private static void requireSame(Node setting, String inFile) {
    if (setting.isGiven() && !setting.text().orElse("").equals(inFile)) {
      throw setting.refuse(
          "nothing, or %s as in eigensweep.model.file".formatted(inFile),
          "remove it, or save the network with another");
    }
  }
}
