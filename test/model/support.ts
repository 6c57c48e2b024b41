export { olderApi as olderApiOf } from '../../source/clients/engine/docker.ts';
export { memoryInUse } from '../../source/clients/engine/docker-answers.ts';
