import { runCouncil } from '@guildhall/kernel';
import { aldermoor } from './aldermoor.config';

void runCouncil(aldermoor, process.argv.slice(2));
