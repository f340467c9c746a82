package org.eigensweep.array.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_reduction_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_reduction_sum;

import org.bytedeco.dnnl.dnnl_reduction_desc_t;
import org.bytedeco.javacpp.FloatPointer;

/** The sum of each row of a matrix that lies row after row. */
final class Sums implements AutoCloseable {
  private final OneDnn dnn;
  private final Operation sum;
  private final float[] sums;
  private final RawAddress pointer = new RawAddress();

  Sums(OneDnn dnn, long rows, long columns) {
    this.dnn = dnn;
    sums = new float[Math.toIntExact(rows)];
    dnnl_reduction_desc_t operation = new dnnl_reduction_desc_t();
    Status.check(
        dnnl_reduction_desc_init(
            operation,
            dnnl_reduction_sum,
            Layouts.matrix(rows, columns),
            Layouts.matrix(rows, 1),
            0,
            0),
        "sums");
    Description description = Description.of(dnn, "sums", operation, Blend.REPLACE, null);
    sum = new Operation(dnn, description, DNNL_ARG_SRC, DNNL_ARG_DST);
  }

  /** Whether all sums are: then all numbers are, too. */
  boolean areFinite(long matrix) {
    long result = dnn.result((long) sums.length * Float.BYTES);
    sum.execute(matrix, result);
    new FloatPointer(pointer.at(result)).get(sums);
    for (float one : sums) {
      if (!Float.isFinite(one)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    sum.close();
  }
}
