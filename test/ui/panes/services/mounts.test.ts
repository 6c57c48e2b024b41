import { expect, test } from 'vitest';
import { glyphSets } from '../../../../source/presentation/glyphs.ts';
import { serviceDetail } from '../../../../source/ui/panes/services/service-detail.ts';
import { writer } from '../../../../source/words/write.ts';
import { container, now, stateOf } from '../../../diagnosis/stack.ts';

const volume = '/var/lib/docker/volumes/mlops_postgres-data/_data';

test.each([
	[76, / {2}\S+…\S+ -> \/var\/lib\/postgresql\/data$/],
	[116, / {2}\/var\/lib\/docker\/volumes\/mlops_postgres-data\/_data -> \/var\/lib\/postgresql\/data$/],
])('in %d cells, the path in the container is whole', (width, expected) => {
	const mounts = [{ type: 'volume', source: volume, destination: '/var/lib/postgresql/data' }];
	const listed = [container('mlflow', { mounts })];
	const service = stateOf({ type: 'containers listed', containers: listed }).containers['mlflow'];
	if (!service) throw new Error('no container');
	const view = { now, glyphs: glyphSets.unicode, width, language: 'en', say: writer('en') } as const;
	const rows = serviceDetail(service, view).map(line => line.map(({ text }) => text).join(''));
	const row = rows.find(text => text.startsWith(' volume')) ?? '';
	expect(row.length).toBeLessThanOrEqual(width);
	expect(row).toMatch(expected);
});
