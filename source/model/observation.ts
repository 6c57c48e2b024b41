import * as z from 'zod/mini';
import { actionObservations } from './observations/actions.ts';
import { airflowObservations } from './observations/airflow.ts';
import { diagnosisObservations } from './observations/diagnosis.ts';
import { engineObservations } from './observations/engine.ts';
import { logObservations } from './observations/logs.ts';
import { mlflowObservations } from './observations/mlflow.ts';
import { sourceObservations } from './observations/sources.ts';

/**
 * The screen is a fold over observations: plain, serialisable facts with the time at which laketop learned them (`at`,
 * ms since the epoch, from the injected clock). They are listed by what they are about in `observations/`.
 */
export const observationSchema = z.discriminatedUnion('type', [
	...sourceObservations,
	...engineObservations,
	...airflowObservations,
	...mlflowObservations,
	...logObservations,
	...diagnosisObservations,
	...actionObservations,
]);
export type Observation = z.infer<typeof observationSchema>;
/** An observation without its time: feeds report facts, the monitor adds the time. */
export type Fact = Observation extends infer One ? (One extends Observation ? Omit<One, 'at'> : never) : never;
