class Count < ActiveRecord::Migration[6.1]
  def up
    add_index :items, :name
    execute "update counter set n = n + 1"
  end

  def down
    execute "update counter set n = n - 1"
    remove_index :items, :name
  end
end
