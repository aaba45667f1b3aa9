<?php

use Illuminate\Database\Migrations\Migration;
use Illuminate\Database\Schema\Blueprint;
use Illuminate\Support\Facades\DB;
use Illuminate\Support\Facades\Schema;

return new class extends Migration {
    public function up()
    {
        Schema::create('items', function (Blueprint $table) {
            $table->integer('id')->primary();
            $table->text('name');
        });
        DB::unprepared('create table counter (n integer not null); insert into counter values (0)');
    }

    public function down()
    {
        Schema::drop('counter');
        Schema::drop('items');
    }
};
