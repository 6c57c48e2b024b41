import { guideExperiment } from '../../model/experiment.ts';
import { closestNames } from '../../model/nearest.ts';
import { evidence, type Rule, remedy } from '../finding.ts';
import { say } from '../messages/message.ts';

/** MLflow has no experiment of the configured name. The guide's own is made by the first run of its pipeline. */
export const experimentMissing: Rule = {
	name: 'experiment missing',
	isSeenAtOnce: true,
	find: ({ state, experiment }) => {
		if (state.feeds.experiment.status !== 'live' || state.experiment !== null) return [];
		if (experiment === guideExperiment) return [];
		const names = closestNames(experiment, state.experimentNames ?? []);
		return [
			{
				subject: experiment,
				severity: 'warning',
				since: null,
				title: say('experiment missing.title', { experiment }),
				evidence: names === '' ? [] : [evidence(say('experiment missing.evidence', { names }))],
				cause: say('experiment missing.cause'),
				reason: say('experiment missing.reason', { experiment }),
				hurts: [say('experiment missing.hurts')],
				remedies: [remedy(say('experiment missing.remedy'), { kind: 'advice' })],
				needs: ['mlflow'],
			},
		];
	},
};
