import path from 'node:path';
import { Module } from '@nestjs/common';
import { PERSONAL_DATA } from '@guildhall/information-rights-contract';
import { defineModule } from '@guildhall/kernel';
import { register } from '@guildhall/kernel-contract';
import { DESK_AREA } from '@guildhall/portal-contract';
import { MANAGE_AGREEMENTS } from '@guildhall/sharing-contract';
import { PeopleController } from './people/people.controller';
import { PeopleOfRegister } from './people/people-of-register';
import { deskTexts, texts } from './people/texts';

@Module({ controllers: [PeopleController], providers: [PeopleOfRegister] })
class NodePeopleModule {}

/** The rights of the people whom a node knows, where no module for accounts and requests is: a copy, and erasure. */
export const nodePeople = defineModule({
  id: 'node-people', version: '0.1.0', packageFolder: path.join(__dirname, '..'), nest: NodePeopleModule, extensionPoints: [PERSONAL_DATA],
  registers: [register(DESK_AREA, { id: 'node-people.people', order: 720, titleKey: 'node-people.desk.area', href: '/desk/sharing/people', permission: MANAGE_AGREEMENTS })],
  texts, deskTexts, viewsFolder: path.join(__dirname, '../views'),
});
