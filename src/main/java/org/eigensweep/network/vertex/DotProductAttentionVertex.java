package org.eigensweep.network.vertex;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Scaled dot-product attention of several heads (Vaswani et al. 2017, section 3.2) without its
 * projections, which are dense layers before and after it.
 *
 * <p>Its first input holds a position a row, those of all examples together and position after
 * position, as DL4J's RnnToFeedForwardPreProcessor lays them out; with queries, keys and values of
 * all heads side by side, {@code width} of each. Its second input is the key-padding mask, examples
 * × length: 1 for a token, 0 for padding, to which nobody attends. The output holds a position a
 * row, the heads side by side.
 */
public final class DotProductAttentionVertex extends GraphVertex {
  private static final long serialVersionUID = 1;

  private int width;
  private int heads;
  private int length;

  /** For DL4J, which fills in a saved configuration. */
  DotProductAttentionVertex() {}

  /**
   * A vertex.
   *
   * @param width features of a position, a multiple of the heads
   * @param heads number of heads
   * @param length positions of a sequence
   */
  public DotProductAttentionVertex(int width, int heads, int length) {
    this.width = width;
    this.heads = heads;
    this.length = length;
  }

  /** Features of a position. */
  public int getWidth() {
    return width;
  }

  /** For DL4J's reader. */
  public void setWidth(int width) {
    this.width = width;
  }

  /** Number of heads. */
  public int getHeads() {
    return heads;
  }

  /** For DL4J's reader. */
  public void setHeads(int heads) {
    this.heads = heads;
  }

  /** Positions of a sequence. */
  public int getLength() {
    return length;
  }

  /** For DL4J's reader. */
  public void setLength(int length) {
    this.length = length;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    return new RunningAttention(graph, name, index, type, this);
  }

  @Override
  public long numParams(boolean backprop) {
    return 0;
  }

  @Override
  public int minVertexInputs() {
    return 2;
  }

  @Override
  public int maxVertexInputs() {
    return 2;
  }

  @Override
  public InputType getOutputType(int index, InputType... inputs) {
    return InputType.feedForward(width);
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    InputType output = getOutputType(-1, inputs);
    return new LayerMemoryReport.Builder(null, getClass(), inputs[0], output)
        .standardMemory(0, 0)
        .workingMemory(0, (long) heads * length * length, 0, (long) heads * length * length)
        .cacheMemory(0, 0)
        .build();
  }

  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod") // all of it is here
  public GraphVertex clone() {
    return new DotProductAttentionVertex(width, heads, length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DotProductAttentionVertex that
        && width == that.width
        && heads == that.heads
        && length == that.length;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * width + heads) + length;
  }
}
