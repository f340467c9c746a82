package org.eigensweep.app;

import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.DataException;
import org.eigensweep.network.archive.ModelBytes;
import org.eigensweep.network.saved.Mode;
import org.eigensweep.network.saved.SavedNetwork;

/** The file of a saved network, on any file system that Hadoop is configured for. */
final class ModelFile {
  private static final String EXPECTED = "expected a zip that DL4J's ModelSerializer wrote";

  private ModelFile() {}

  /**
   * Reads the network.
   *
   * @param file a Hadoop path
   * @param mode in which its loss is taken
   * @param hadoop the file systems
   * @throws DataException if there is no such file, or no such network in it
   */
  static SavedNetwork read(String file, Mode mode, Configuration hadoop) {
    try {
      return SavedNetwork.read(file, ModelBytes.read(file, EXPECTED, hadoop), mode);
    } catch (IllegalArgumentException e) {
      throw new DataException(e.getMessage(), e);
    }
  }

  /** The last part of its path. */
  static String name(String file) {
    return new Path(file).getName();
  }
}
