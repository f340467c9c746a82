package org.eigensweep.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** The same work in PyTorch, as a process of Debian's {@code python3} with python3-torch. */
final class PyTorch {
  private static final String PYTHON = "/usr/bin/python3";

  private PyTorch() {}

  /**
   * Medians in milliseconds by network and work.
   *
   * @param threads of PyTorch
   * @param repetitions of each work
   * @param networks names of networks, lower case, a comma between two
   * @return empty where PyTorch is not installed
   */
  static Map<String, Double> medians(int threads, int repetitions, String networks)
      throws IOException {
    Map<String, Double> medians = new LinkedHashMap<>();
    Path script = Files.createTempFile("three_networks", ".py");
    try (InputStream source = PyTorch.class.getResourceAsStream("/three_networks.py")) {
      Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
      Process python =
          new ProcessBuilder(PYTHON, script.toString(), "" + threads, "" + repetitions, networks)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (var lines = python.inputReader()) {
        lines
            .lines()
            .forEach(
                line -> {
                  int last = line.lastIndexOf(' ');
                  medians.put(line.substring(0, last), Double.parseDouble(line.substring(last)));
                });
      }
    } finally {
      Files.delete(script);
    }
    return medians;
  }
}
