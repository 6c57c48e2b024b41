"""Reads with MLflow's own Python client; prints what it got as one JSON document."""

import json
import sys

from mlflow import MlflowClient


def main(url: str) -> None:
    client = MlflowClient(tracking_uri=url, registry_uri=url)
    experiment = client.get_experiment_by_name("lakehouse_ml_pipeline")
    finished = "tags.task_id = 'model_training' and attributes.status = 'FINISHED'"
    run = client.search_runs([experiment.experiment_id], finished, order_by=["attributes.start_time DESC"])[0]
    loss = client.get_metric_history(run.info.run_id, "loss")
    model = client.get_registered_model("lakehouse_model")
    champion = client.get_model_version_by_alias("lakehouse_model", "champion")
    versions = client.search_model_versions("name = 'lakehouse_model'")
    print(
        json.dumps(
            {
                "experiments": sorted(one.name for one in client.search_experiments()),
                "run": [run.info.run_name, run.info.status, run.data.params.get("layer")],
                "same": client.get_run(run.info.run_id).info.run_id == run.info.run_id,
                "steps": [point.step for point in loss],
                "losses": [point.value for point in loss],
                "model": [model.name, champion.version in [version.version for version in versions]],
                "versions": sorted(int(version.version) for version in versions),
            }
        )
    )


main(sys.argv[1])
