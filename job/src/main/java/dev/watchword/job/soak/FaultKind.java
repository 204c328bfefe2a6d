package dev.watchword.job.soak;

/** What may befall a cluster. */
enum FaultKind {
    TASK_MANAGER_KILLED("a task manager killed"),
    TASK_MANAGER_FROZEN("a task manager frozen past its heartbeat"),
    BROKER_KILLED("the broker killed"),
    JOB_MANAGER_KILLED("the job manager killed");

    private final String words;

    FaultKind(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }
}
