package org.eigensweep.export.tensorboard;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import org.eigensweep.export.Curves;

/**
 * Writes the events of one run. The numbers of the fields are those of TensorFlow's {@code
 * event.proto}, {@code summary.proto} and {@code tensor.proto}.
 */
final class EventFile {
  /** With this version a reader drops nothing where steps begin anew, as they do for each table. */
  private static final String VERSION = "brain.Event:2";

  private static final int WALL_TIME = 1;
  private static final int STEP = 2;
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;

  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;
  private static final int TENSOR = 8;
  private static final int METADATA = 9;

  private final RecordWriter records;

  /** Begins a file; the caller closes the stream. */
  EventFile(OutputStream out, Instant begun) throws IOException {
    this.records = new RecordWriter(out);
    records.write(
        new Message().real(WALL_TIME, seconds(begun)).text(FILE_VERSION, VERSION).toBytes());
  }

  /** Adds a point of each of a few curves, in float32 as TensorBoard keeps them. */
  void scalars(int step, Instant time, List<Curves.Value> values) throws IOException {
    Message summary = new Message();
    for (Curves.Value value : values) {
      summary.message(
          VALUE, new Message().text(TAG, value.curve()).real(SIMPLE_VALUE, (float) value.value()));
    }
    event(step, time, summary);
  }

  /** Adds what a plug-in of TensorBoard reads of the whole run. */
  void metadata(Instant time, String tag, Message metadata) throws IOException {
    Message value =
        new Message().text(TAG, tag).message(TENSOR, nothing()).message(METADATA, metadata);
    event(0, time, new Message().message(VALUE, value));
  }

  private void event(int step, Instant time, Message summary) throws IOException {
    records.write(
        new Message()
            .real(WALL_TIME, seconds(time))
            .integer(STEP, step)
            .message(SUMMARY, summary)
            .toBytes());
  }

  /** A float32 tensor that holds one zero: a summary without a value would be passed over. */
  private static Message nothing() {
    Message shape = new Message().message(2, new Message().integer(1, 1));
    return new Message().integer(1, 1).message(2, shape).real(5, 0f);
  }

  static double seconds(Instant time) {
    return time.getEpochSecond() + time.getNano() / 1e9;
  }
}
