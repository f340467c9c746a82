package org.eigensweep.export.tensorboard;

import java.io.IOException;
import java.util.Map;
import org.eigensweep.export.Curves;
import org.eigensweep.spark.table.IdentityColumns;

/**
 * What TensorBoard's page of hyperparameters reads: the columns that identify a trial, and whether
 * it ended well. The numbers of the fields are those of the plug-in's {@code plugin_data.proto} and
 * of {@code google.protobuf.Value}.
 *
 * @param summary the trial's row in the table of all trials
 */
record Hyperparameters(Map<String, Object> summary) {
  private static final String PLUGIN = "hparams";
  private static final String START = "_hparams_/session_start_info";
  private static final String END = "_hparams_/session_end_info";
  private static final int SUCCESS = 1;
  private static final int FAILURE = 2;

  void writeTo(EventFile events) throws IOException {
    Message start = new Message();
    for (String column : IdentityColumns.names()) {
      if (summary.get(column) != null) {
        start.message(1, new Message().text(1, column).message(2, value(summary.get(column))));
      }
    }
    start.real(5, EventFile.seconds(Curves.startOf(summary)));
    Message end =
        new Message()
            .integer(1, "diverged".equals(summary.get("status")) ? FAILURE : SUCCESS)
            .real(2, EventFile.seconds(Curves.finishedAt(summary)));
    events.metadata(Curves.startOf(summary), START, metadata(new Message().message(3, start)));
    events.metadata(Curves.finishedAt(summary), END, metadata(new Message().message(4, end)));
  }

  private static Message value(Object value) {
    return value instanceof Number number
        ? new Message().real(2, number.doubleValue())
        : new Message().text(3, value.toString());
  }

  private static Message metadata(Message content) {
    return new Message().message(1, new Message().text(1, PLUGIN).message(2, content));
  }
}
