package org.eigensweep.spark.progress;

import org.apache.spark.scheduler.AccumulableInfo;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import scala.Tuple4;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Hears the steps and rows of running tasks from the heartbeats of executors. What a finished task
 * made is taken from its result instead, which cannot come late.
 */
public final class ProgressListener extends SparkListener {
  private final Progress progress;

  public ProgressListener(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
    for (Tuple4<Object, Object, Object, Seq<AccumulableInfo>> task :
        JavaConverters.seqAsJavaList(update.accumUpdates())) {
      for (AccumulableInfo info : JavaConverters.seqAsJavaList(task._4())) {
        if (info.update().isDefined() && info.update().get() instanceof Number value) {
          progress.heard(info.id(), value);
        }
      }
    }
  }
}
