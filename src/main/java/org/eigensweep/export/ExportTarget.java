package org.eigensweep.export;

import java.util.List;

/** A place that trials are written to, which was found fit for it. */
public interface ExportTarget extends AutoCloseable {
  /**
   * Writes trials. What is there of them already is not written twice.
   *
   * @param trials each of another hash
   * @return a line that says what was written and where
   * @throws org.eigensweep.spark.failure.OutputException if a trial cannot be read or the target
   *     refuses it
   * @throws UnfinishedExportException if the target failed halfway
   */
  String write(List<TrialRows> trials);

  @Override
  default void close() {}
}
