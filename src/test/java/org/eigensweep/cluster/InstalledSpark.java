package org.eigensweep.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that looks like an installed Spark, and that prints what it is asked to submit. */
final class InstalledSpark {
  private InstalledSpark() {}

  /**
   * Makes one.
   *
   * @param version Scala's and Spark's, as in the name of a jar
   */
  static void make(Path home, String version) throws IOException {
    Files.createDirectories(home.resolve("jars"));
    Files.createFile(home.resolve("jars/spark-core_" + version + ".jar"));
    Path program = Files.createDirectories(home.resolve("bin")).resolve("spark-submit");
    Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    if (!program.toFile().setExecutable(true)) {
      throw new IOException(program + ": cannot be made a program");
    }
  }
}
