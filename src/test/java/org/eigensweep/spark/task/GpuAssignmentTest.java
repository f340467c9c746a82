package org.eigensweep.spark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.resource.ResourceInformation;
import org.eigensweep.array.Accelerator;
import org.eigensweep.array.cuda.Card;
import org.eigensweep.array.cuda.Cuda;
import org.eigensweep.array.cuda.CudaDevices;
import org.junit.jupiter.api.Test;

class GpuAssignmentTest {
  private final SparkConf settings = new SparkConf(false);

  /** GPUs that only note who was bound to them. */
  private record Noted(int gpus, List<Integer> bound) implements Accelerator {
    Noted(int gpus) {
      this(gpus, new ArrayList<>());
    }

    @Override
    public String backEnd() {
      return "noted";
    }

    @Override
    public void bind(int gpu) {
      bound.add(gpu);
    }
  }

  private GpuAssignment given(String... addresses) {
    return GpuAssignment.of(settings, Map.of("gpu", new ResourceInformation("gpu", addresses)));
  }

  @Test
  void aTaskComputesOnTheGpuThatSparkGaveIt() {
    Noted two = new Noted(2);
    given("1").bind(two);
    assertThat(two.bound()).containsExactly(1);
  }

  @Test
  void withoutGpusNothingIsBound() {
    Noted two = new Noted(2);
    GpuAssignment none = GpuAssignment.of(settings, Map.of());
    none.bind(two);
    assertThat(none).isEqualTo(new GpuAssignment(OptionalInt.empty()));
    assertThat(two.bound()).isEmpty();
  }

  @Test
  void aTaskThatWasToHaveAGpuDoesNotGoOnWithoutOne() {
    settings.set("spark.task.resource.gpu.amount", "1");
    assertThatThrownBy(() -> GpuAssignment.of(settings, Map.of()))
        .isInstanceOf(GpuException.class)
        .hasMessage(
            "spark.task.resource.gpu.amount is 1, but Spark gave this task no GPU, expected one:"
                + " set it before the session starts");
  }

  @Test
  void gpusHaveNumbers() {
    assertThatThrownBy(() -> given("GPU-a1b2"))
        .isInstanceOf(GpuException.class)
        .hasMessage(
            "Spark gave GPU 'GPU-a1b2' to this task, expected a number as nvidia-smi counts: use"
                + " submit/gpus as discovery script");
  }

  @Test
  void theProcessorIsNoGpu() {
    GpuAssignment third = given("3");
    assertThatThrownBy(() -> third.bind(Accelerator.nd4j()))
        .isInstanceOf(GpuException.class)
        .hasMessage(
            "Spark gave GPU 3 to this task, but ND4J has none (its back end: CpuBackend), expected"
                + " JCublasBackend: build with mvn -Pcuda package, and look for NVIDIA's driver on"
                + " the node");
  }

  @Test
  void sparkAndNd4jMustCountTheSameGpus() {
    Noted two = new Noted(2);
    GpuAssignment third = given("2");
    assertThatThrownBy(() -> third.bind(two))
        .isInstanceOf(GpuException.class)
        .hasMessage(
            "Spark gave GPU 2 to this task, but ND4J sees 2, numbered from 0, expected the same as"
                + " the discovery script: look at CUDA_VISIBLE_DEVICES of worker and executor");
    assertThat(two.bound()).isEmpty();
  }

  @Test
  void withoutNd4jsBackEndItIsACard() {
    Card first = new Card(0, "first", 9, 0, 1L << 37);
    Card second = new Card(1, "second", 9, 0, 1L << 37);
    Cuda.Found found = new Cuda.Found(List.of(first, second), "");
    assertThat(given("1").devices(found)).isEqualTo(new CudaDevices(second));
    GpuAssignment third = given("2");
    assertThatThrownBy(() -> third.devices(found))
        .isInstanceOf(GpuException.class)
        .hasMessage(
            "Spark gave GPU 2 to this task, but CUDA sees 2, numbered from 0, expected the same as"
                + " the discovery script: look at CUDA_VISIBLE_DEVICES of worker and executor");
    assertThatThrownBy(() -> third.devices(new Cuda.Found(List.of(), "no driver")))
        .isInstanceOf(GpuException.class)
        .hasMessage("Spark gave GPU 2 to this task, but no driver");
  }
}
