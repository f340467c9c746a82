package org.eigensweep.spark.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionTest {
  @BeforeEach
  void submit() {
    System.setProperty("spark.master", "local[1]");
    System.setProperty("spark.ui.enabled", "false");
  }

  @AfterEach
  void forget() {
    System.clearProperty("spark.master");
    System.clearProperty("spark.ui.enabled");
  }

  @Test
  void startsOneOnTheGivenMasterAndStopsOnlyThatOne() {
    SparkContext context;
    try (Session own = Session.open("digits")) {
      context = own.context();
      SparkConf settings = context.getConf();
      assertThat(context.appName()).isEqualTo("eigensweep: digits");
      assertThat(context.master()).isEqualTo("local[1]");
      assertThat(settings.get("spark.scheduler.mode")).isEqualTo("FAIR");
      try (Session taken = Session.open("other")) {
        assertThat(taken.context()).isSameAs(context);
      }
      assertThat(context.isStopped()).isFalse();
    }
    assertThat(context.isStopped()).isTrue();
  }
}
