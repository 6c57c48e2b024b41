"""What the seven tasks of ml_pipeline_end_to_end do.

From raw orders to a registered model that predicts which customers are about to leave. The work needs only the standard
library. Only `tracking` talks to MLflow, and nothing here imports Airflow. Data flows in this order:

    orders → cleansing → gold → features → logistic          pure: values in, values out
    stages                                                   the seven, each from its files to its files
    settings, dates, storage, pacing, tracking               a run's conf, its day, its files, its speed, its record in MLflow
"""
