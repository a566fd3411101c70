import { Body, Controller, Get, Module, Post } from '@nestjs/common';
import { IsString } from 'class-validator';
import { Public } from './access';
import { dto, form } from './dto';
import { RouteTable } from './route-table';

class Take {
  @IsString() what!: string;
}
@Controller('things')
class Good {
  @Get(':id') @Public() read(): object { return {}; }
  @Post() @Public() take(@Body(dto(Take)) body: Take): object { return body; }
  @Post('form') @Public() send(@Body(form()) body: object): object { return body; }
}
@Controller('open')
class WithoutAccess {
  @Get() read(): object { return {}; }
}
@Controller('loose')
class WithoutBody {
  @Post() @Public() take(@Body() body: object): object { return body; }
}
const moduleOf = (controller: new () => unknown): { id: string; nest: new () => unknown } => {
  @Module({ controllers: [controller] })
  class Nest {}
  return { id: 'things', nest: Nest };
};

describe('the routes of the modules', () => {
  it('are known with who may call them', () => {
    expect(new RouteTable([moduleOf(Good)]).routes.map(({ method, path, access }) => `${method} ${path} ${access.kind}`)).toEqual(['GET /things/:id public', 'POST /things public', 'POST /things/form public']);
  });
  it('stop the start when one does not say who may call it', () => {
    expect(() => new RouteTable([moduleOf(WithoutAccess)])).toThrow('things WithoutAccess.read does not say who may call it');
  });
  it('stop the start when one takes a body without saying what it is', () => {
    expect(() => new RouteTable([moduleOf(WithoutBody)])).toThrow('things WithoutBody.take takes a body without saying what it is');
  });
});
