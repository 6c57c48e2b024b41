import { displayName } from '../model/container.ts';
import { servicesInOrder } from '../ui/panes/services/services-view.ts';
import { type Action, placeOf, type StepContext } from './action.ts';
import type { Choice, Next } from './step.ts';
import { changed, showDag, showExperiment } from './table/look.ts';

/** Everything that can be done or gone to, to be found by a few letters. */
export function palette(context: StepContext): Next {
	const { state, view, ownProject, actions } = context;
	const place = placeOf(view);
	const isHere = (action: Action) => !action.places || action.places.includes(place);
	const offered = actions.filter(action => isHere(action) && action.id !== 'palette' && action.group !== 'move');
	const choices: Choice[] = [
		...offered.map(action => ({ id: `action ${action.id}`, ...words(action) })),
		...servicesInOrder(state, ownProject).map(({ container }) => ({
			id: `service ${container.name}`,
			label: displayName(container),
			hint: `service, ${container.health === 'none' ? container.state : container.health}`,
		})),
		...(state.dags ?? [])
			.filter(dag => dag.isActive)
			.map(dag => ({ id: `dag ${dag.dagId}`, label: dag.dagId, hint: `DAG${dag.isPaused ? ', paused' : ''}` })),
		...(state.experimentNames ?? []).map(name => ({ id: `experiment ${name}`, label: name, hint: 'experiment' })),
	];
	return {
		kind: 'choose',
		question: {
			title: 'Do or go to',
			filters: true,
			choices,
			next: id => {
				const [kind, ...rest] = id.split(' ');
				const name = rest.join(' ');
				switch (kind) {
					case 'service':
						return changed(now => ({ ...now, focus: 'services', selectedService: name, browse: null }));
					case 'dag':
						return showDag(name);
					case 'experiment':
						return showExperiment(name);
					default: {
						const action = offered.find(one => one.id === name);
						return action ? context.begin(action) : { kind: 'nothing' };
					}
				}
			},
		},
	};
}

/** What the changing actions would run here, without running it. */
export function explainActions(context: StepContext): Next {
	const place = placeOf(context.view);
	const offered = context.actions.filter(
		action => action.kind === 'change' && action.id !== 'shell' && (!action.places || action.places.includes(place)),
	);
	return {
		kind: 'choose',
		question: {
			title: 'What would it run',
			filters: true,
			choices: offered.map(action => ({ id: action.id, ...words(action) })),
			next: id => {
				const action = offered.find(one => one.id === id);
				return action ? context.explain(action) : { kind: 'nothing' };
			},
		},
	};
}

function words(action: Action): Omit<Choice, 'id'> {
	const [key] = action.keys;
	return { label: action.label, hint: action.help, ...(key ? { key } : {}) };
}
