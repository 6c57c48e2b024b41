import { expect, test } from 'vitest';
import { programOf } from '../../../source/model/engine/engine-address.ts';

test('an engine has the name of its program: Docker or Podman', () => {
	expect(programOf('docker', 'podman 4.3.1')).toEqual({ program: 'podman', number: '4.3.1' });
	expect(programOf('docker', '20.10.24+dfsg1')).toEqual({ program: 'docker', number: '20.10.24+dfsg1' });
	expect(programOf('airflow', undefined)).toEqual({ program: 'airflow', number: undefined });
});
