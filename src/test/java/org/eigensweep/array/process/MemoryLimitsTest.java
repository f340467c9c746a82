package org.eigensweep.array.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Precision;
import org.eigensweep.array.Scope;
import org.junit.jupiter.api.Test;

/** JavaCPP takes its limits when it is loaded, so each case has a JVM of its own. */
class MemoryLimitsTest {
  private static final long MEBIBYTE = 1 << 20;

  /** Limits a process to 300 MiB, 200 of them native, and writes as many MiB as it is asked to. */
  static final class Limited {
    public static void main(String[] arguments) {
      MemoryLimits inForce = new MemoryLimits(200 * MEBIBYTE, 300 * MEBIBYTE).apply();
      System.out.printf("in force: %s%n", inForce);
      System.out.printf("JavaCPP: %d %d%n", Pointer.maxBytes(), Pointer.maxPhysicalBytes());
      int blocks = Integer.parseInt(arguments[0]) / 10;
      try (Device device = Devices.processor().open(Precision.FLOAT32, 1);
          Scope scope = device.open()) {
        for (int block = 0; block < blocks; block++) {
          device.fill(1, scope.matrix(10 * 262_144, 1)); // 10 MiB, resident once written
        }
        System.out.println("all written");
      } catch (OutOfMemoryError e) {
        System.out.println(e.getCause().getMessage());
      }
    }
  }

  private static List<String> run(int mebibytes, String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-Xmx100m",
            "-cp",
            System.getProperty("java.class.path"),
            Limited.class.getName(),
            Integer.toString(mebibytes)));
    return linesOf(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD));
  }

  private static List<String> linesOf(ProcessBuilder builder)
      throws IOException, InterruptedException {
    Process process = builder.start();
    try (var lines = process.inputReader()) {
      List<String> printed = lines.lines().toList();
      assertThat(process.waitFor()).isZero();
      return printed;
    }
  }

  @Test
  void endAProcessThatGrowsBeyond() throws Exception {
    List<String> printed = run(600);
    assertThat(printed.get(1)).isEqualTo("JavaCPP: 209715200 314572800");
    assertThat(printed.get(2))
        .startsWith("Physical memory usage is too high: physicalBytes (")
        .endsWith(" > maxPhysicalBytes (300M)");
  }

  @Test
  void giveWayToTheCommandLine() throws Exception {
    assertThat(run(600, "-Dorg.bytedeco.javacpp.maxPhysicalBytes=2g"))
        .containsExactly(
            "in force: MemoryLimits[arrays=209715200, process=2147483648]",
            "JavaCPP: 209715200 2147483648",
            "all written");
    assertThat(run(10, "-Dorg.bytedeco.javacpp.maxbytes=150m").get(1))
        .isEqualTo("JavaCPP: 157286400 314572800");
  }
}
